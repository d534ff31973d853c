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
 * Source: over [a, b), ∫F = F(a)(b − a) + (count·b − sum)/n, by parts.
 * @example with an edge at every value, of [0, 1] and [1, 2]: 1
 */
export function wassersteinFromBins(
  a: BinnedSample,
  b: BinnedSample,
  edges: readonly number[],
): number | undefined {
  if (a.n === 0 || b.n === 0) return undefined;
  const low = Math.min(a.min as number, b.min as number);
  const high = Math.max(a.max as number, b.max as number);
  let [f, g, distance] = [0, 0, 0];
  for (let i = 0; i < a.bins.counts.length; i++) {
    const left = Math.min(Math.max(edges[i - 1] ?? low, low), high);
    const right = Math.min(Math.max(edges[i] ?? high, low), high);
    distance += Math.abs((f - g) * (right - left) + restOf(a, i, right) - restOf(b, i, right));
    f += (a.bins.counts[i] as number) / a.n;
    g += (b.bins.counts[i] as number) / b.n;
  }
  return distance;
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

/** Area under the distribution function inside bin i; rounding of sums must not become area where the bin is a point. */
function restOf({ n, bins }: BinnedSample, i: number, right: number): number {
  return Math.max(0, (bins.counts[i] as number) * right - (bins.sums[i] as number)) / n;
}
