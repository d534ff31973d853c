import { pointOf } from '../profile/edges.ts';
import { type Counts, type Sample, sharesOf, sorted, type TestResult } from './result.ts';
import { ksExactP } from './special/kolmogorov-lattice.ts';
import { ksOneSampleSf } from './special/kolmogorov-one-sample.ts';

/** Up to it paths are counted, as scipy's `method='auto'` does; beyond, the limit has the digits that matter. */
const EXACT_UP_TO = 10_000;

/**
 * Bounds of the Kolmogorov-Smirnov distance of two columns of which only binned counts are known: the distribution functions
 * are exact at the edges, and between two edges their gap cannot exceed what the bin's own counts allow.
 *
 * @param edges of the bins, if known: bin i holds [edges[i−1], edges[i]), and one that holds a single number is exact
 * @returns 0 ≤ lower ≤ D ≤ upper ≤ 1; undefined when either has no rows
 * Source: Kolmogorov (1933), Smirnov (1939) for D; both functions rise only.
 * @example ksBracket([1, 1], [0, 2]) // { lower: 0.5, upper: 1 }
 */
export function ksBracket(
  a: Counts,
  b: Counts,
  edges: readonly number[] = [],
): { readonly lower: number; readonly upper: number } | undefined {
  const shares = sharesOf(a, b);
  if (shares === undefined) return undefined;
  let [f, g, lower, upper] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [shares.p[i] as number, shares.q[i] as number];
    if (p + q === 0) continue;
    // In the bin F may be all up while G has not moved, or the other way round; a bin of one side only cannot overshoot its ends.
    if (p > 0 && q > 0 && pointOf(edges, i) === undefined) upper = Math.max(upper, f + p - g, g + q - f);
    f += p;
    g += q;
    lower = Math.max(lower, Math.abs(f - g));
  }
  return { lower, upper: Math.min(1, Math.max(lower, upper)) };
}

/**
 * Largest gap between the distribution functions of two samples.
 *
 * @returns 0–1; undefined when either is empty
 * Source: Smirnov (1939); scipy `stats.ks_2samp(...).statistic`.
 * @example ksFromSamples([1, 2], [2, 3]) // 0.5
 */
export function ksFromSamples(x: Sample, y: Sample): number | undefined {
  if (x.length === 0 || y.length === 0) return undefined;
  const [a, b] = [sorted(x), sorted(y)];
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const next = Math.min(a[i] as number, b[j] as number);
    while (i < a.length && a[i] === next) i++;
    while (j < b.length && b[j] === next) j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  return distance;
}

/**
 * Two-sided p of a Kolmogorov-Smirnov distance between samples of n and m values.
 *
 * @param d 0–1
 * @returns 0–1; with ties it is larger than the true one, so it errs to calm
 * Source: paths counted exactly up to 10,000 values (Hodges 1958), else the one-sample law at nm/(n + m), as scipy does.
 * @example ksPValue(0.625, 8, 8) // 0.08702408702408701
 */
export function ksPValue(d: number, n: number, m: number): number {
  if (Math.max(n, m) <= EXACT_UP_TO) return ksExactP(d, n, m);
  return ksOneSampleSf(d, roundedHalfToEven((n * m) / (n + m)));
}

/**
 * Two-sample, two-sided Kolmogorov-Smirnov test.
 *
 * @returns undefined when either is empty
 * Source: scipy `stats.ks_2samp`, `method='auto'`.
 * @example ksTest([38.7, 41.5, 43.8, 44.5, 45.5, 46, 47.7, 58], [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8]) // D 0.625, p 0.087024
 */
export function ksTest(x: Sample, y: Sample): TestResult | undefined {
  const statistic = ksFromSamples(x, y);
  return statistic === undefined ? undefined : { statistic, p: ksPValue(statistic, x.length, y.length) };
}

function roundedHalfToEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}
