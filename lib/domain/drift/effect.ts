import type { DriftStatistic } from './verdict.ts';

/** A change as measured, without what chance adds to it, and what it may really be. */
export interface Effect {
  readonly statistic: DriftStatistic;
  /** 0 and up, in the statistic's unit. */
  readonly estimate: number;
  /** One-sided bounds at a normal quantile: at 1.645 the true effect is at least `lower` in 95 % of samples. */
  readonly lower: (z: number) => number;
  readonly upper: (z: number) => number;
  /** The smallest true effect whose lower bound at that quantile would be above zero in 80 % of samples of these sizes. */
  readonly detectable: (z: number) => number;
}

/** Standard normal quantile of the power that "could have seen" promises: 80 %, the usual one. */
export const Z_POWER = 0.8416212335729143;

/** Beyond this a p-value is 0 for every purpose here. */
const LARGEST_Z = 38;
const BISECTIONS = 40;

/**
 * How strongly the sample says that the effect is at least `threshold`: the largest quantile at which the lower bound still
 * reaches it (negative while the estimate does not).
 *
 * @returns −38 … 38; its upper tail probability is the p-value of "the effect is below the threshold"
 */
export function evidenceFor(effect: Effect, threshold: number): number {
  if (effect.estimate === 0) return -LARGEST_Z;
  const reaches = (z: number) => (z >= 0 ? effect.lower(z) >= threshold : effect.upper(-z) >= threshold);
  let [low, high] = [-LARGEST_Z, LARGEST_Z];
  if (reaches(high)) return high;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (reaches(middle)) low = middle;
    else high = middle;
  }
  return low;
}
