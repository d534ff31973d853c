import { type Interval, normalInterval } from '../quality/interval.ts';
import { meanError } from './mean-interval.ts';
import { r2 } from './r2.ts';

/**
 * Where the coefficient of determination lies: each row pulls it by how its squared error exceeds the share that its squared
 * distance from the mean would leave.
 *
 * @returns undefined where `r2` is
 * Source: influence function of 1 − E(e²)/Var(y); Hampel, The Influence Curve and Its Role in Robust Estimation (1974).
 */
export function r2Interval(labels: readonly number[], predicted: readonly number[]): Interval | undefined {
  const value = r2(labels, predicted);
  if (value === undefined) return undefined;
  const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const variance = labels.reduce((sum, label) => sum + (label - mean) ** 2, 0) / labels.length;
  const pulls = labels.map(
    (label, i) => ((1 - value) * (label - mean) ** 2 - (label - (predicted[i] as number)) ** 2) / variance,
  );
  return normalInterval(value, meanError(pulls)?.standardError, [Number.NEGATIVE_INFINITY, 1]);
}
