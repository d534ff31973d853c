import { describe, expect, it } from 'vitest';
import { scoreColumn } from '../../../lib/domain/drift/score-column.ts';
import { type Binning, makeBinning } from '../../../lib/domain/profile/binning.ts';
import type { NumericProfile } from '../../../lib/domain/profile/column-profile.ts';
import { mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import { type Profile, profileSchema } from '../../../lib/domain/profile/profile.ts';
import { profileFile } from '../../../lib/engine/profile/profile-file.ts';
import { proposeBinning } from '../../../lib/engine/profile/propose-binning.ts';
import { anEngine } from '../a-folder.ts';

const { engine, path } = anEngine();

async function profileOf(name: string, select: string, binning?: Binning) {
  const file = path(`${name}.parquet`);
  await engine().copy(select, file);
  const under =
    binning ?? (await proposeBinning({ file, columns: [{ name: 'x', kind: 'numeric' }] }, engine()));
  return { binning: under, profile: await profileFile({ file, binning: under, source: name }, engine()) };
}

const numbers = (profile: Profile) => profile.columns.x as NumericProfile;
const EITHER_SIDE = 'SELECT CASE WHEN range % 2 = 0 THEN 1.7e308 ELSE -1.7e308 END AS x FROM range(10000)';

describe('a column of numbers near the largest double', () => {
  it.each(['their own bins', 'one bin', 'bins between them'])(
    'has a profile under %s: an exact mean, and squares as large as a double holds',
    async (which) => {
      const edges = which === 'one bin' ? [] : [-1, 1];
      const given = which === 'their own bins' ? undefined : makeBinning({ x: { kind: 'numeric', edges } });
      const { profile } = await profileOf('either', EITHER_SIDE, given);
      expect(profileSchema.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
      const { n, mean, m2, min, max, counts, bins } = numbers(profile);
      expect({ n, m2, min, max }).toEqual({ n: 10_000, m2: Number.MAX_VALUE, min: -1.7e308, max: 1.7e308 });
      expect(Math.abs(mean)).toBeLessThan(1e297);
      expect(counts).toMatchObject({ negative: 5000, nonInteger: 0, zero: 0 });
      expect(bins.counts.filter((count) => count > 0)).toEqual(which === 'one bin' ? [10_000] : [5000, 5000]);
    },
  );

  it('keeps the moments of squares that a double still holds', async () => {
    const { profile } = await profileOf('large', 'SELECT (range % 3) * 1e150 AS x FROM range(3000)');
    const { mean, m2 } = numbers(profile);
    expect(mean / 1e150).toBeCloseTo(1, 12);
    // Two thirds of the rows lie 1e150 from the mean.
    expect(m2 / 1e300 / 2000).toBeCloseTo(1, 12);
  });

  it('is counted among small ones, whose sums stay exact', async () => {
    const select = 'SELECT CASE WHEN range = 7 THEN 1.7e308 ELSE range % 5 END AS x FROM range(5000)';
    const binning = makeBinning({ x: { kind: 'numeric', edges: [2.5, 10] } });
    const { bins, mean, max } = numbers((await profileOf('outlier', select, binning)).profile);
    // Row 7 has no 2.
    expect(bins).toEqual({ counts: [2999, 2000, 1], sums: [2998, 7000, 1.7e308] });
    expect(mean / (1.7e308 / 5000)).toBeCloseTo(1, 12);
    expect(max).toBe(1.7e308);
  });

  it('adds up to a profile, and has a verdict of finite figures', async () => {
    const { binning, profile } = await profileOf('base', EITHER_SIDE);
    const other = await profileOf('window', EITHER_SIDE.replace('% 2', '% 4'), binning);
    const merged = mergeProfiles(profile, other.profile);
    expect(profileSchema.parse(merged)).toEqual(merged);
    const input = {
      ...{ name: 'x', reference: numbers(profile), window: numbers(other.profile) },
      ...{ binning: binning.columns.x ?? { kind: 'numeric', edges: [] }, threshold: 0.1, minRows: 10 },
    };
    const score = scoreColumn(input);
    expect(JSON.parse(JSON.stringify(score))).toMatchObject({
      verdict: 'drifted',
      statistic: 'jensen-shannon',
    });
    expect(JSON.stringify(score)).not.toContain('null');
    const same = scoreColumn({ ...input, window: numbers(profile) });
    expect(same).toMatchObject({ verdict: 'stable', effect: 0 });
  });
});
