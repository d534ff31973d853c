import { type Counts, type TestResult, totalOf } from './result.ts';
import { chiSquareSf } from './special/chi-square.ts';

/**
 * χ² goodness of fit of the current counts to the reference's shares, taken for exact. It is here because Evidently and Deequ
 * use it; ours is `chiSquareHomogeneity`.
 *
 * @returns statistic ∞ and p 0 when a cell is new; undefined when either has no rows or there are fewer than two cells
 * Source: Pearson (1900); scipy `stats.chisquare(current, reference·m/n)`; Evidently 0.7 `chi_stat_test`.
 * @example chiSquareFit([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]) // 3.17460, df 5, p 0.67309
 */
export function chiSquareFit(reference: Counts, current: Counts): TestResult | undefined {
  const [n, m] = [totalOf(reference), totalOf(current)];
  const cells = reference
    .map((count, i) => [(count * m) / n, current[i] as number] as const)
    .filter(([expected, seen]) => expected + seen > 0);
  if (n === 0 || m === 0 || cells.length < 2) return undefined;
  const statistic = cells.reduce((sum, [expected, seen]) => sum + (seen - expected) ** 2 / expected, 0);
  const df = cells.length - 1;
  return { statistic, p: chiSquareSf(statistic, df), df };
}
