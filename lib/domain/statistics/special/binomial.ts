import type { Interval } from '../result.ts';
import { binomialTerm } from './binomial-term.ts';
import { betaI, betaQuantile } from './incomplete-beta.ts';

/**
 * Chance of exactly k successes in n trials of chance p.
 *
 * @example binomialPmf(3, 10, 0.5) // 0.1171875
 */
export function binomialPmf(k: number, n: number, p: number): number {
  return k < 0 || k > n ? 0 : binomialTerm(k, n - k, p, 1 - p);
}

/**
 * Chance of at most k successes in n trials of chance p.
 *
 * Source: Abramowitz, Stegun 26.5.24; scipy `stats.binom.cdf`.
 * @example binomialCdf(3, 10, 0.5) // 0.171875
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : betaI(n - k, k + 1, 1 - p);
}

/**
 * Exact interval of a rate from k successes in n trials: it covers at least as often as it says, never less.
 *
 * @param level 0–1, how often it covers
 * @returns undefined for no trials
 * Source: Clopper, Pearson, Biometrika 26 (1934); scipy `stats.binomtest(k, n).proportion_ci(method='exact')`.
 * @example clopperPearson(2, 10) // { estimate: 0.2, lower: 0.025210726326833, upper: 0.5560954623076414 }
 */
export function clopperPearson(k: number, n: number, level = 0.95): Interval | undefined {
  if (n === 0) return undefined;
  const tail = (1 - level) / 2;
  return {
    estimate: k / n,
    lower: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
    upper: k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k),
  };
}
