import { logGamma } from './special/log-gamma.ts';

/** Probabilities that differ by less are the same one, rounded. */
const SAME = 1 + 1e-11;

/**
 * Fisher's exact test that two samples have one rate, two-sided: the chance of all tables no likelier than this one.
 *
 * @param k1 of n1 rows @param k2 of n2 rows, whole numbers
 * @returns p 0–1; undefined when either has no rows
 * Source: Fisher (1935); scipy `stats.fisher_exact`.
 * @example fisherExact(8, 10, 1, 6) // 0.03496503496503495
 */
export function fisherExact(k1: number, n1: number, k2: number, n2: number): number | undefined {
  if (n1 === 0 || n2 === 0) return undefined;
  const successes = k1 + k2;
  const ways = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  const all = ways(n1 + n2, successes);
  const chance = (k: number) => Math.exp(ways(n1, k) + ways(n2, successes - k) - all);
  const bar = chance(k1) * SAME;
  let p = 0;
  for (let k = Math.max(0, successes - n2); k <= Math.min(n1, successes); k++) {
    const table = chance(k);
    if (table <= bar) p += table;
  }
  return Math.min(1, p);
}
