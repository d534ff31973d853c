import { describe, expect, it } from 'vitest';
import { mergeNumeric } from '../../../lib/domain/profile/merge-numeric.ts';
import { profileChunk } from './count-numbers.ts';

/** The sum of squared distances from the mean of whole numbers, by exact arithmetic. */
function exactSquares(values: readonly number[]): number {
  const n = BigInt(values.length);
  const sum = values.reduce((total, x) => total + BigInt(x), 0n);
  const squares = values.reduce((total, x) => total + BigInt(x) ** 2n, 0n);
  return Number((10n ** 6n * (n * squares - sum * sum)) / n) / 1e6;
}

const CUTS = [0, 3000, 9000, 15_000, 17_000, 19_999, 20_000];

/** The same values in shards of unlike sizes. */
function shardsOf(values: readonly number[]) {
  return CUTS.slice(1).map((to, i) => profileChunk(values.slice(CUTS[i], to), []));
}

const spread = (i: number) => (i * 7919) % 60_013;

describe('the moments of values far from zero', () => {
  it.each([
    ['milliseconds within a minute', (i: number) => 1_770_000_000_000 + spread(i)],
    ['milliseconds in the order they came', (i: number) => 1_770_000_000_000 + i * 3],
    ['microseconds within a day', (i: number) => 1_770_000_000_000_000 + spread(i) * 1_439_000],
    ['years', (i: number) => 2013 + (i % 2)],
  ])('are those of exact arithmetic: %s, whole and in shards merged in any order', (_, nth) => {
    const values = Array.from({ length: 20_000 }, (_, i) => nth(i));
    const shards = shardsOf(values);
    const exact = exactSquares(values);
    for (const { m2 } of [
      profileChunk(values, []),
      shards.reduce(mergeNumeric),
      shards.toReversed().reduce(mergeNumeric),
    ])
      expect(Math.abs(m2 / exact - 1)).toBeLessThanOrEqual(1e-12);
  });

  it('are those of the whole for longitudes of a town', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => -122.4194 + spread(i) / 3e8);
    const merged = shardsOf(values).reduce(mergeNumeric);
    const whole = profileChunk(values, []);
    expect(Math.abs(merged.m2 / whole.m2 - 1)).toBeLessThanOrEqual(1e-12);
    expect(merged.mean).toBeCloseTo(whole.mean, 14);
  });
});
