import { describe, expect, it } from 'vitest';
import { mergeProfiles } from '../../lib/domain/profile/merge-profiles.ts';
import { emptyProfile } from '../../lib/domain/profile/profile.ts';
import { profileFile } from '../../lib/engine/profile-file.ts';
import { proposeBinning } from '../../lib/engine/propose-binning.ts';
import { anEngine } from './a-folder.ts';

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
});
