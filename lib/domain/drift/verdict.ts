export type DriftVerdict = 'stable' | 'watch' | 'drifted' | 'insufficient-data';

/** One column's change between a reference and a window. */
export interface ColumnDrift {
  /** `input.x`, `feature.x` or `output.x`. */
  readonly column: string;
  readonly statistic: 'wasserstein' | 'jensen-shannon';
  /** Wasserstein-1 in reference standard deviations, or Jensen-Shannon distance (ln); absent when unmeasurable. */
  readonly effect?: number;
  /** Lower bound of the effect given the sample sizes. */
  readonly lowerBound?: number;
  readonly threshold: number;
  readonly verdict: DriftVerdict;
  readonly rows: number;
  /** A sentence, or why it cannot be measured. */
  readonly explanation: string;
}

/** An effect as measured, without what chance adds to it, and how little it may really be. */
export interface Effect {
  readonly statistic: ColumnDrift['statistic'];
  readonly estimate: number;
  /** One-sided 95 % bound. */
  readonly lowerBound: number;
  /** Effects below this cannot be told from chance with these sample sizes. */
  readonly noise: number;
}

/**
 * `drifted` iff the lower bound reaches the threshold, `watch` iff only the estimate does, `insufficient-data` when the noise
 * exceeds half the threshold, so that a change that matters could hide in it; else `stable`.
 */
export function verdictOf({ estimate, lowerBound, noise }: Effect, threshold: number): DriftVerdict {
  if (lowerBound >= threshold) return 'drifted';
  if (estimate >= threshold) return 'watch';
  return noise > threshold / 2 ? 'insufficient-data' : 'stable';
}
