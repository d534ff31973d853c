export type DriftVerdict = 'stable' | 'watch' | 'drifted' | 'insufficient-data';

/** What an effect is measured by. */
export type DriftStatistic =
  /** Wasserstein-1 distance in reference standard deviations. */
  | 'wasserstein'
  /** Bias-corrected Jensen-Shannon distance (natural logarithm), 0–0.8326. */
  | 'jensen-shannon'
  /** Change of the share of true, 0–1. */
  | 'rate-change'
  /** The same on Cohen's scale, 0–π: what a rare event can show. */
  | 'cohen-h'
  /** Change of the share of rows without a value, 0–1. */
  | 'missing-change'
  /** Share of rows whose category the reference does not know, beyond what chance leaves out, 0–1. */
  | 'unseen-share'
  /** Change of the share of times that lie after their own row's, 0–1. */
  | 'future-share';

/** What of a column is asked about. */
export type Aspect = 'values' | 'rare-rate' | 'missing' | 'unseen' | 'wording' | 'age' | 'future';

/** Whose column it is: what the model is asked, what it computes from that, what it answers. */
export type ColumnRole = 'input' | 'feature' | 'prediction';

export type DriftKind = 'numeric' | 'categorical' | 'boolean' | 'text' | 'timestamp';

/** One question asked of a column, and its answer. */
export interface DriftCheck {
  readonly aspect: Aspect;
  readonly statistic: DriftStatistic;
  /** Bias-corrected; absent when unmeasurable. */
  readonly effect?: number;
  /** One-sided bounds, each at the column's `confidence`. */
  readonly lowerBound?: number;
  readonly upperBound?: number;
  readonly threshold: number;
  /** The smallest effect this window could have told from none, in the effect's unit: seen in 80 % of samples of its size. */
  readonly detectable?: number;
  /** The stated size, in values: at or above it the answer is never `insufficient-data`; absent where no window would do. */
  readonly minRows?: number;
  /** Of "the effect is below the threshold". */
  readonly pValue?: number;
  readonly verdict: DriftVerdict;
  /** What happened, to be read after the column's name. */
  readonly sentence: string;
}
