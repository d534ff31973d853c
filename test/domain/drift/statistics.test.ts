import { describe, expect, it } from 'vitest';
import { jensenShannon } from '../../../lib/domain/drift/jensen-shannon.ts';
import { wasserstein } from '../../../lib/domain/drift/wasserstein.ts';
import { standardDeviation } from '../../../lib/domain/profile/column-profile.ts';
import { nextUp } from '../../../lib/domain/profile/edges.ts';
import { aNumericColumn } from '../profile/a-profile.ts';

describe('jensenShannon', () => {
  it('cannot be measured on an empty side', () => {
    expect(jensenShannon([], [])).toBeUndefined();
    expect(jensenShannon([0, 0], [1, 2])).toBeUndefined();
  });
});

/** An edge at every value, and one just above: every bin is a point, where nothing can cancel. */
function everyValue(...samples: (readonly number[])[]): number[] {
  const values = [...new Set(samples.flat())].sort((a, b) => a - b);
  return values.flatMap((value) => [value, nextUp(value)]);
}

function distanceOf(a: readonly number[], b: readonly number[], edges: readonly number[]): number {
  return wasserstein(aNumericColumn(a, edges), aNumericColumn(b, edges), edges)?.distance as number;
}

describe('wasserstein', () => {
  it('equals scipy.stats.wasserstein_distance on a small sample', () => {
    const reference = [38.7, 41.5, 43.8, 44.5, 45.5, 46, 47.7, 58];
    const current = [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8];
    const edges = everyValue(reference, current);
    expect(distanceOf(reference, current, edges)).toBeCloseTo(4.1625, 9);
    const sd = standardDeviation(aNumericColumn(reference, edges));
    expect(distanceOf(reference, current, edges) / sd).toBeCloseTo(0.781236105789365, 9);
  });

  const frac = (x: number) => x - Math.floor(x);
  const u = Array.from({ length: 5000 }, (_, i) => frac(Math.sin(i * 12.9898) * 43758.5453));
  const v = Array.from(
    { length: 5000 },
    (_, i) => frac(Math.sin((i + 7) * 78.233) * 12543.123) ** 1.1 * 1.02 + 0.01,
  );

  it('equals scipy.stats.wasserstein_distance on 5,000 values', () => {
    expect(distanceOf(u, v, everyValue(u, v))).toBeCloseTo(0.017980076410635, 9);
  });

  it('is within 1e-3 standard deviations of it from 64 equally filled bins', () => {
    const sorted = [...u].sort((a, b) => a - b);
    const edges = Array.from({ length: 63 }, (_, i) => sorted[Math.floor(((i + 1) / 64) * 5000)] as number);
    const error = (0.017980076410635 - distanceOf(u, v, edges)) / 0.2859505;
    expect(error).toBeGreaterThanOrEqual(0);
    expect(error).toBeLessThan(1e-3);
  });

  it('is the shift of a shifted sample, whatever the bins', () => {
    const shifted = u.map((value) => value + 3);
    for (const edges of [[], [0.5], [0.1, 0.5, 2, 3.5, 9]])
      expect(distanceOf(u, shifted, edges)).toBeCloseTo(3, 9);
  });

  it('is zero for identical columns', () => {
    expect(distanceOf(u, u, [0.2, 0.7])).toBe(0);
  });

  it('cannot be measured without values', () => {
    expect(
      wasserstein(aNumericColumn([null, Number.NaN], [0]), aNumericColumn([1], [0]), [0]),
    ).toBeUndefined();
  });

  it('expects of two normal samples what simulation shows: 1.27·√(1/n + 1/m)', () => {
    const n = 2000;
    const normal = (seed: number) =>
      Array.from({ length: n }, (_, i) => {
        const [a, b] = [
          frac(Math.sin((i + 1) * 12.9898 + seed) * 43758.5453),
          frac(Math.sin((i + 1) * 78.233 + seed) * 12543.123),
        ];
        return Math.sqrt(-2 * Math.log(a + 1e-12)) * Math.cos(2 * Math.PI * b);
      });
    const edges = Array.from({ length: 63 }, (_, i) => -3 + (i * 6) / 62);
    const measured = wasserstein(aNumericColumn(normal(1), edges), aNumericColumn(normal(2), edges), edges);
    expect(measured?.expectedByChance).toBeCloseTo(1.27 * Math.sqrt(2 / n), 2);
  });
});
