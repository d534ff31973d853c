import type { Interval } from './result.ts';
import { normalQuantile } from './special/normal.ts';

/**
 * Interval of a rate from k of n rows; well behaved for few rows and near 0 and 1.
 *
 * @param level 0–1, how often it covers
 * @returns undefined for no rows
 * Source: Wilson, J. Am. Stat. Assoc. 22 (1927); scipy `stats.binomtest(k, n).proportion_ci(method='wilson')`.
 * @example wilson(2, 10) // { estimate: 0.2, lower: 0.05668215145437527, upper: 0.5098375284633583 }
 */
export function wilson(k: number, n: number, level = 0.95): Interval | undefined {
  if (n === 0) return undefined;
  const z = normalQuantile(0.5 + level / 2);
  const estimate = k / n;
  const shrink = 1 + (z * z) / n;
  const centre = (estimate + (z * z) / (2 * n)) / shrink;
  const half = (z * Math.sqrt((estimate * (1 - estimate)) / n + (z * z) / (4 * n * n))) / shrink;
  return {
    estimate,
    lower: k === 0 ? 0 : Math.max(0, centre - half),
    upper: k === n ? 1 : Math.min(1, centre + half),
  };
}

/**
 * The 95 % of `wilson` as bounds alone, for a share that a rule reports or that is proposed.
 *
 * @param count whole number, 0 … total @param total whole number of rows
 * @returns lower and upper bound (0–1); [0, 1] of no rows, which say nothing
 * @throws RangeError when count is no number from 0 to total
 * @example wilsonBounds(50, 1000) // [0.0381…, 0.0653…]
 */
export function wilsonBounds(count: number, total: number): readonly [number, number] {
  if (!(count >= 0 && count <= total))
    throw new RangeError(`a Wilson interval needs a count from 0 to ${total}, got ${count}`);
  const interval = wilson(count, total);
  return interval === undefined ? [0, 1] : [interval.lower, interval.upper];
}

/**
 * Interval of the change of a rate, second minus first.
 *
 * @param k1 of n1 rows @param k2 of n2 rows @param level 0–1
 * @returns bounds within −1 and 1; undefined when either has no rows
 * Source: Newcombe, Statistics in Medicine 17 (1998), method 10; statsmodels `confint_proportions_2indep(method='newcomb')`.
 * @example newcombe(56, 70, 48, 80) // { estimate: -0.2, lower: -0.33387, upper: -0.05243 }
 */
export function newcombe(k1: number, n1: number, k2: number, n2: number, level = 0.95): Interval | undefined {
  const [first, second] = [wilson(k1, n1, level), wilson(k2, n2, level)];
  if (first === undefined || second === undefined) return undefined;
  const estimate = second.estimate - first.estimate;
  return {
    estimate,
    lower: estimate - Math.hypot(second.estimate - second.lower, first.upper - first.estimate),
    upper: estimate + Math.hypot(second.upper - second.estimate, first.estimate - first.lower),
  };
}
