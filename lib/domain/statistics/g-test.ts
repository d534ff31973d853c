import { type Counts, type TestResult, totalOf } from './result.ts';
import { chiSquareSf } from './special/chi-square.ts';

/**
 * Likelihood-ratio goodness of fit (G-test) of the current counts to the reference's shares, taken for exact.
 *
 * @returns statistic ∞ and p 0 when a cell is new; undefined when either has no rows or there are fewer than two cells
 * Source: Woolf (1957), G = 2 Σ seen·ln(seen/expected); scipy `stats.power_divergence(lambda_='log-likelihood')`.
 * @example gTest([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]).p // 0.6657519578484128
 */
export function gTest(reference: Counts, current: Counts): TestResult | undefined {
  const [n, m] = [totalOf(reference), totalOf(current)];
  const cells = reference
    .map((count, i) => [(count * m) / n, current[i] as number] as const)
    .filter(([expected, seen]) => expected + seen > 0);
  if (n === 0 || m === 0 || cells.length < 2) return undefined;
  const terms = cells.map(([expected, seen]) => (seen === 0 ? 0 : seen * Math.log(seen / expected)));
  const statistic = Math.max(0, 2 * terms.reduce((sum, term) => sum + term, 0));
  const df = cells.length - 1;
  return { statistic, p: chiSquareSf(statistic, df), df };
}
