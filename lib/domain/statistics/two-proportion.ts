import type { TestResult } from './result.ts';
import { normalSf } from './special/normal.ts';

/**
 * Two-sided z-test that two samples have one rate.
 *
 * @param k1 of n1 rows @param k2 of n2 rows
 * @returns z of the second over the first; p 1 where neither varies; undefined when either has no rows
 * Source: pooled two-proportion z-test, Fleiss (1981); statsmodels `proportions_ztest`; Evidently 0.7 `z`.
 * @example twoProportionZ(50, 100, 65, 100) // z 2.14560, p 0.03190
 */
export function twoProportionZ(k1: number, n1: number, k2: number, n2: number): TestResult | undefined {
  if (n1 === 0 || n2 === 0) return undefined;
  const pooled = (k1 + k2) / (n1 + n2);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
  if (error === 0) return { statistic: 0, p: 1 };
  const statistic = (k2 / n2 - k1 / n1) / error;
  return { statistic, p: 2 * normalSf(Math.abs(statistic)) };
}
