import { describe, expect, it } from 'vitest';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';
import { estimateDistinct } from '../../../lib/domain/profile/distinct-sketch.ts';
import { mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import type { NumericProfile } from '../../../lib/domain/profile/numeric-profile.ts';
import { type Profile, profileSchema } from '../../../lib/domain/profile/profile.ts';
import { profileFile } from '../../../lib/engine/profile/profile-file.ts';
import { anEngine } from '../a-folder.ts';

const { engine, path } = anEngine();
const ROWS = 12_000;

async function fileOf(name: string, x: string) {
  const file = path(`${name}.parquet`);
  await engine().copy(`SELECT ${x} AS x FROM range(${ROWS})`, file);
  const binning = makeBinning({ x: { kind: 'numeric', edges: [0] } });
  return async (from = 0, to = ROWS) => {
    const range = { from, to };
    const profile = await profileFile({ file, binning, source: { id: name }, range }, engine());
    return profileSchema.parse(profile);
  };
}

const numbers = (profile: Profile) => profile.columns.x as NumericProfile;

describe('integers beyond 2^53 and decimals', () => {
  it.each([
    ['ids beyond 2^53', 'CAST(9007199254740993 + range AS BIGINT)'],
    ['ids beyond 2^63', 'CAST(9223372036854775809 + range AS UBIGINT)'],
    ['ids up to 2^64', 'CAST(18446744073709551615 - range AS UBIGINT)'],
    ['long decimals', 'CAST(10000000000000000000000000.01 + range AS DECIMAL(38, 2))'],
    ['short ones with many digits after the point', 'CAST(9.25 + range AS DECIMAL(38, 18))'],
  ])('are as many as there are, and have exact moments: %s', async (name, x) => {
    const { distinct, m2, mean, meanRest = 0 } = numbers(await (await fileOf(name, x))());
    expect(Math.abs(estimateDistinct(distinct) / ROWS - 1)).toBeLessThan(0.05);
    // The spread of consecutive integers.
    expect(m2 / ((ROWS * (ROWS ** 2 - 1)) / 12)).toBeCloseTo(1, 12);
    if (name === 'ids beyond 2^53') expect(mean - 2 ** 53 + meanRest).toBe(6_000.5);
  });

  it('merge to the whole where some shards have none of them', async () => {
    const profile = await fileOf(
      'mixed',
      'CASE WHEN range < 4000 THEN range ELSE 9007199254740993 + range END',
    );
    const whole = numbers(await profile());
    const shards = [await profile(0, 3000), await profile(3000, 7000), await profile(7000)];
    for (const order of [shards, shards.toReversed()]) {
      const merged = numbers(order.reduce(mergeProfiles));
      expect(merged.distinct).toBe(whole.distinct);
      expect(merged.exact).toEqual({ min: '0', max: '9007199254752992' });
      expect(merged.m2 / whole.m2).toBeCloseTo(1, 12);
    }
    const ids = [shards[2] as Profile, await profile(4000, 7000)].reduce(mergeProfiles);
    expect(numbers(ids)).toMatchObject({ n: 8000, m2: (8000 * (8000 ** 2 - 1)) / 12 });
  });

  it('keep their exact extremes', async () => {
    const ids = numbers(await (await fileOf('ids', '9007199254740993 + range'))());
    expect(ids.exact).toEqual({ min: '9007199254740993', max: '9007199254752992' });
    const prices = numbers(await (await fileOf('prices', 'CAST(0.10 AS DECIMAL(18, 2))'))());
    expect(prices.exact).toEqual({ min: '0.10', max: '0.10' });
  });
});
