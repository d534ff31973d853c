import { binPieces } from './bin-pieces.ts';
import { type BinnedSample, type Sample, sorted } from './result.ts';

/** A spread below it is no unit: Evidently's floor of σ, kept so that a nearly constant column does not alarm on dust. */
const SMALLEST_SIGMA = 1e-3;

/**
 * Wasserstein-1 distance of two samples: how far, on average, a value must move to turn one distribution into the other.
 *
 * @returns 0 and up, in the column's unit; undefined when either is empty
 * Source: Vallender, Theory Probab. Appl. 18 (1974), W1 = ∫|F − G|; scipy `stats.wasserstein_distance`.
 * @example wassersteinFromSamples([0, 1], [1, 2]) // 1
 */
export function wassersteinFromSamples(x: Sample, y: Sample): number | undefined {
  if (x.length === 0 || y.length === 0) return undefined;
  const [a, b] = [sorted(x), sorted(y)];
  let [i, j, at, distance] = [0, 0, Math.min(a[0] as number, b[0] as number), 0];
  while (i < a.length || j < b.length) {
    const next = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    distance += Math.abs(i / a.length - j / b.length) * (next - at);
    while (i < a.length && a[i] === next) i++;
    while (j < b.length && b[j] === next) j++;
    at = next;
  }
  return distance;
}

/**
 * The same from bins that know the sum of their values: exact in every bin in which the two distribution functions do not cross,
 * else a lower bound.
 *
 * @param edges bin i holds [edges[i−1], edges[i]); the first and last bins are open
 * @returns 0 and up, in the column's unit; undefined when either is empty
 * @example with an edge at every value, of [0, 1] and [1, 2]: 1
 */
export function wassersteinFromBins(
  a: BinnedSample,
  b: BinnedSample,
  edges: readonly number[],
): number | undefined {
  if (a.n === 0 || b.n === 0) return undefined;
  return binPieces(a, b, edges).reduce((distance, { area }) => distance + Math.abs(area), 0);
}

/**
 * A distance in standard deviations of the reference.
 *
 * @param sigma of the reference, divisor n, in the unit of the distance
 * @param smallest the σ that is used instead of a smaller one
 * Source: Evidently 0.7 `wasserstein_distance_norm`.
 * @example normalisedWasserstein(4.1625, 5.328096) // 0.7812
 */
export function normalisedWasserstein(distance: number, sigma: number, smallest = SMALLEST_SIGMA): number {
  return distance / Math.max(sigma, smallest);
}
