import { describe, expect, it } from 'vitest';
import { type ColumnBinning, makeBinning } from '../../../lib/domain/profile/binning.ts';
import { estimateDistinct } from '../../../lib/domain/profile/distinct-sketch.ts';
import { mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import { longestGapMs } from '../../../lib/domain/profile/timestamp-profile.ts';
import { profileFile } from '../../../lib/engine/profile/profile-file.ts';
import { scanChunks } from '../../../lib/engine/scan-chunks.ts';
import { anEngine } from '../a-folder.ts';

const { engine, path } = anEngine();

async function profileOf(select: string, binning: ColumnBinning, name = 'x') {
  const file = path('kinds.parquet');
  await engine().copy(select, file);
  const made = makeBinning({ [name]: binning });
  return profileFile({ file, binning: made, source: 'a', asOf: '2024-01-05T00:00:00Z' }, engine());
}

describe('a column of many strings', () => {
  it('keeps ten thousand by name, the same however its rows are cut, and every row', async () => {
    const rows = (from: number, to: number) =>
      `SELECT 'user-' || (range // 2) AS x FROM range(${from}, ${to})`;
    const whole = await profileOf(rows(0, 200_000), { kind: 'categorical' });
    const [a, b] = [
      await profileOf(rows(0, 90_000), { kind: 'categorical' }),
      await profileOf(rows(90_000, 200_000), { kind: 'categorical' }),
    ];
    const column = whole.columns.x;
    if (column?.kind !== 'categorical') throw new Error('x is categorical');
    expect(column.values).toHaveLength(10_000);
    expect(column).toMatchObject({ n: 200_000, other: 180_000 });
    expect(column.buckets?.reduce((sum, n) => sum + n, 0)).toBe(180_000);
    expect(Math.abs(estimateDistinct(column.distinct) / 100_000 - 1)).toBeLessThan(0.065);
    const sources = { ...b, sources: b.sources.map((source) => ({ ...source, id: 'b' })) };
    expect(mergeProfiles(a, sources).columns.x).toEqual(column);
  });

  it('counts those that its binning names, and the rest in buckets', async () => {
    const profile = await profileOf(
      `SELECT CASE WHEN range % 3 = 0 THEN 'often' WHEN range % 3 = 1 THEN 'v' || range END AS x FROM range(150000)`,
      { kind: 'categorical', values: ['often'] },
    );
    expect(profile.columns.x).toMatchObject({
      counts: { null: 50_000 },
      n: 100_000,
      values: [['often', 50_000]],
      other: 50_000,
    });
  });

  it('has one form of a letter with an accent', async () => {
    const profile = await profileOf(
      `SELECT CASE WHEN range = 0 THEN 'é' ELSE 'e' || chr(769) END AS x FROM range(3)`,
      {
        kind: 'categorical',
      },
    );
    expect(profile.columns.x).toMatchObject({ values: [['é', 3]] });
  });
});

describe('a column of texts', () => {
  it('is kept by its form', async () => {
    const profile = await profileOf(
      `SELECT unnest(['See https://a.example now', 'mail bob@example.org', '', NULL]) AS x`,
      { kind: 'text' },
    );
    expect(profile.columns.x).toMatchObject({
      counts: { null: 1, empty: 1 },
      n: 3,
      matches: { url: 1, email: 1 },
      length: { n: 3, max: 25, min: 0 },
      tokens: { max: 3, min: 0 },
      characters: { upper: 1, space: 3 },
    });
  });
});

describe('a column of times', () => {
  it('is kept by when rows come', async () => {
    const profile = await profileOf(
      `SELECT TIMESTAMP '2024-01-01 00:30:00' + to_hours(CASE WHEN range < 5 THEN range ELSE range + 96 END) AS x
       FROM range(6) UNION ALL SELECT NULL`,
      { kind: 'timestamp' },
    );
    const column = profile.columns.x;
    if (column?.kind !== 'timestamp') throw new Error('x is a time');
    expect(column).toMatchObject({ counts: { null: 1 }, n: 6, future: 1 });
    expect(column.hourOfWeek.slice(0, 6)).toEqual([1, 1, 1, 1, 1, 0]);
    expect(longestGapMs(column)).toBe(96 * 3_600_000);
  });
});

describe('a range of rows', () => {
  it('of a file merges with the rest to the whole, and not with itself', async () => {
    const file = path('ranges.parquet');
    await engine().copy('SELECT range AS x FROM range(5000)', file);
    const binning = makeBinning({ x: { kind: 'numeric', edges: [1000, 4000] } });
    const part = (from: number, to: number) =>
      profileFile({ file, binning, source: 'a', range: { from, to } }, engine());
    const merged = mergeProfiles(await part(0, 2100), await part(2100, 5000));
    expect(merged.columns.x).toMatchObject({ n: 5000, bins: { counts: [1000, 3000, 1000] } });
    await expect(async () => mergeProfiles(merged, await part(4999, 5000))).rejects.toThrow(
      'profiles to merge share no source, got a in both',
    );
    await expect(part(4000, 5001)).rejects.toThrow('a range lies within the 5000 rows of one file');
  });
});

describe('scanChunks', () => {
  it('fails when the query fails on a later row, which a stream does not say', async () => {
    const sql = `SELECT CASE WHEN range = 300000 THEN error('broken') ELSE range END FROM range(400000)`;
    await expect(scanChunks(sql, 400_000, engine(), () => {})).rejects.toThrow(
      /a scan sees every row|broken/,
    );
  });
});
