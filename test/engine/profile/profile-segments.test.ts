import { describe, expect, it } from 'vitest';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';
import type { ColumnProfile } from '../../../lib/domain/profile/column-profile.ts';
import { mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import { emptyProfile } from '../../../lib/domain/profile/profile.ts';
import { profileFile } from '../../../lib/engine/profile/profile-file.ts';
import { proposeBinning } from '../../../lib/engine/profile/propose-binning.ts';
import { anEngine } from '../a-folder.ts';

const { engine, path } = anEngine();

const columns = [
  { name: 'input.temp', kind: 'numeric' },
  { name: 'input.carrier', kind: 'categorical' },
] as const;

async function aFile(name: string, where = 'true'): Promise<string> {
  const file = path(name);
  await engine().copy(
    `SELECT range + 0.5 AS "input.temp", CASE WHEN range % 10 > 0 THEN 'C' || (range % 3) END AS "input.carrier"
     FROM range(3000) WHERE ${where}`,
    file,
  );
  return file;
}

describe('segments of a profile', () => {
  it('hold every row once, by the values of the declared column and a rest', async () => {
    const file = await aFile('whole.parquet');
    const binning = await proposeBinning({ file, columns, segments: ['input.carrier'] }, engine());
    const { segments = [] } = await profileFile({ file, binning, source: 'a' }, engine());
    expect(segments.map(({ by, value, rows }) => [by, value, rows])).toEqual([
      ['input.carrier', 'C0', 900],
      ['input.carrier', 'C1', 900],
      ['input.carrier', 'C2', 900],
      ['input.carrier', null, 300],
    ]);
    const [wanted] = await engine().query<{ mean: number }>(
      `SELECT avg("input.temp") AS mean FROM read_parquet('${file}') WHERE "input.carrier" = 'C1'`,
    );
    const temp = segments[1]?.columns['input.temp'];
    expect(temp?.kind === 'numeric' && temp.mean).toBeCloseTo(wanted?.mean as number, 9);
    expect(temp?.kind === 'numeric' && temp.bins.counts.length).toBeLessThanOrEqual(34);
  });

  it('of shards merge to those of the whole', async () => {
    const file = await aFile('whole.parquet');
    const binning = await proposeBinning({ file, columns, segments: ['input.carrier'] }, engine());
    const whole = await profileFile({ file, binning, source: 'whole' }, engine());
    const halves = [
      await aFile('even.parquet', 'range % 2 = 0'),
      await aFile('odd.parquet', 'range % 2 = 1'),
    ];
    let merged = emptyProfile(binning);
    for (const half of halves)
      merged = mergeProfiles(merged, await profileFile({ file: half, binning, source: half }, engine()));
    const counted = (profile: typeof merged) =>
      profile.segments?.map(({ value, rows, columns: { 'input.temp': temp } }) => [
        value,
        rows,
        temp?.kind === 'numeric' && temp.bins.counts,
      ]);
    expect(counted(merged)).toEqual(counted(whole));
  });

  it('are what a profile of their rows alone would be, by two columns at once and whatever a column holds', async () => {
    const file = await aMixedFile('mixed.parquet', 9000);
    const binning = await proposeBinning({ file, columns: mixed, segments: ['carrier', 'late'] }, engine());
    const { segments = [], rows } = await profileFile({ file, binning, source: 'a' }, engine());
    const alone = makeBinning(binning.segments?.columns ?? {});
    for (const by of ['carrier', 'late'])
      expect(segments.flatMap((part) => (part.by === by ? part.rows : [])).reduce((a, b) => a + b)).toBe(
        rows,
      );
    for (const { by, value, columns: counted } of segments) {
      const key = `CAST(${by} AS VARCHAR)`;
      const named = segments.flatMap((part) =>
        part.by === by && part.value !== null ? `'${part.value}'` : [],
      );
      const where =
        value === null ? `coalesce(${key} NOT IN (${named.join(', ')}), true)` : `${key} = '${value}'`;
      const part = path(`part-${by}-${value}.parquet`);
      await engine().copy(`SELECT * FROM read_parquet('${file}') WHERE ${where}`, part);
      const wanted = await profileFile({ file: part, binning: alone, source: 'b' }, engine());
      for (const [name, column] of Object.entries(wanted.columns)) sameColumn(counted[name], column);
    }
  });

  it('leave the profile of all rows as it is without them', async () => {
    const file = await aMixedFile('mixed.parquet', 9000);
    const cut = await proposeBinning({ file, columns: mixed, segments: ['carrier', 'late'] }, engine());
    const uncut = makeBinning(cut.columns);
    const { columns: withSegments } = await profileFile({ file, binning: cut, source: 'a' }, engine());
    expect(withSegments).toEqual(
      (await profileFile({ file, binning: uncut, source: 'a' }, engine())).columns,
    );
  });

  it('count a column with a value for every row by hash, each segment apart', async () => {
    const file = await aMixedFile('wide.parquet', 60_000);
    const binning = await proposeBinning(
      {
        file,
        columns: [...mixed, { name: 'id', kind: 'categorical' }],
        segments: ['carrier'],
      },
      engine(),
    );
    const { segments = [] } = await profileFile({ file, binning, source: 'a' }, engine());
    for (const { rows, columns: counted } of segments)
      expect(counted.id).toMatchObject({ kind: 'categorical', n: rows, counts: { null: 0 } });
    expect(segments.reduce((sum, { rows }) => sum + rows, 0)).toBe(60_000);
  });

  it('by a column that a file lacks put its rows into the rest, and a column of it counts as null', async () => {
    const file = await aMixedFile('mixed.parquet', 9000);
    const binning = await proposeBinning({ file, columns: mixed, segments: ['carrier'] }, engine());
    const without = path('without.parquet');
    await engine().copy(`SELECT amount FROM read_parquet('${file}')`, without);
    const { segments = [] } = await profileFile({ file: without, binning, source: 'a' }, engine());
    expect(segments.map(({ value, rows }) => [value, rows])).toEqual([
      ['C0', 0],
      ['C1', 0],
      ['C2', 0],
      [null, 9000],
    ]);
    expect(segments[3]?.columns.carrier?.counts.null).toBe(9000);
    expect(segments[0]?.columns.carrier?.counts.null).toBe(0);
  });

  it('take a value with its accents apart and the same with them joined as one', async () => {
    const file = path('accents.parquet');
    const city = "CASE WHEN range % 3 = 0 THEN 'Malm' || chr(246) ELSE 'Malmo' || chr(776) END";
    await engine().copy(`SELECT range + 0.5 AS "input.temp", ${city} AS "input.city" FROM range(300)`, file);
    const named = [
      { name: 'input.temp', kind: 'numeric' },
      { name: 'input.city', kind: 'categorical' },
    ] as const;
    const binning = await proposeBinning({ file, columns: named, segments: ['input.city'] }, engine());
    const { segments = [] } = await profileFile({ file, binning, source: 'a' }, engine());
    expect(segments.map(({ value, rows }) => [value, rows])).toEqual([
      ['Malm\u00f6', 300],
      [null, 0],
    ]);
  });
});

const mixed = [
  { name: 'carrier', kind: 'categorical' },
  { name: 'late', kind: 'categorical' },
  { name: 'amount', kind: 'numeric' },
  { name: 'seats', kind: 'numeric' },
  { name: 'price', kind: 'numeric' },
  { name: 'big', kind: 'numeric' },
] as const;

async function aMixedFile(name: string, rows: number): Promise<string> {
  const file = path(name);
  await engine().copy(
    `SELECT CASE WHEN range % 10 > 0 THEN 'C' || (range % 3) END AS carrier, (range // 7) % 2 = 0 AS late,
       CASE range % 11 WHEN 0 THEN NULL WHEN 1 THEN 'NaN'::DOUBLE WHEN 2 THEN '-Infinity'::DOUBLE
         ELSE (hash(range) % 100000) / 977 - 40 END AS amount,
       CASE WHEN range % 13 > 0 THEN CAST(hash(range + 1) % 40 AS INTEGER) END AS seats,
       CAST((hash(range + 2) % 10000) / 100 AS DECIMAL(10, 2)) AS price,
       CASE WHEN range % 4 = 1 THEN 9007199254740993 + range ELSE range END AS big, 'id-' || range AS id
     FROM range(${rows})`,
    file,
  );
  return file;
}

/** Counts are the same; sums, of which the order of adding differs, within a part in 10¹². */
function sameColumn(got: ColumnProfile | undefined, wanted: ColumnProfile): void {
  if (got?.kind !== 'numeric' || wanted.kind !== 'numeric') {
    expect(got).toEqual(wanted);
    return;
  }
  const counted = ({ mean, m2, bins, ...rest }: typeof got) => ({ ...rest, counts: bins.counts });
  expect(counted(got)).toEqual(counted(wanted));
  const size = (wanted.n + 1) * Math.max(Math.abs(wanted.min ?? 0), Math.abs(wanted.max ?? 0), 1);
  expect(Math.abs(got.mean - wanted.mean)).toBeLessThanOrEqual(1e-12 * Math.abs(wanted.mean) + 1e-13);
  expect(Math.abs(got.m2 - wanted.m2)).toBeLessThanOrEqual(1e-12 * wanted.m2);
  got.bins.sums.forEach((sum, i) => {
    expect(Math.abs(sum - (wanted.bins.sums[i] as number))).toBeLessThanOrEqual(1e-15 * size);
  });
}
