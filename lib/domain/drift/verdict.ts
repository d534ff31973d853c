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
