import type { Cell } from './contributions.ts';
import type { ColumnEvidence } from './evidence.ts';
import type { SourceShare } from './source-shares.ts';

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

/** One column's change between a reference and a window. */
export interface ColumnDrift {
  /** `input.x`, `feature.x` or `output.x`. */
  readonly column: string;
  readonly role: ColumnRole;
  readonly kind: DriftKind;
  /** These are of the check that decided. */
  readonly statistic: DriftStatistic;
  readonly effect?: number;
  readonly lowerBound?: number;
  readonly upperBound?: number;
  readonly threshold: number;
  readonly detectable?: number;
  readonly minRows?: number;
  readonly pValue?: number;
  /** Of each bound, 0–1: 0.95 for one question, more where a window asks many (false discovery rate). */
  readonly confidence?: number;
  readonly verdict: DriftVerdict;
  readonly rows: number;
  /** Every question asked, the gravest answer first. */
  readonly checks: readonly DriftCheck[];
  /** What else is usually computed, by name of the catalogue; nothing is decided by it. */
  readonly statistics: Readonly<Record<string, number>>;
  /** Bins or categories that moved, largest first. */
  readonly contributions?: readonly Cell[];
  /** Share (0–1) of the window's whole shift, copies of one column counted once. */
  readonly shareOfShift?: number;
  /** Weight of the column for the model, where it is known, and what that makes of its drift: weight · min(effect/threshold, 4). */
  readonly importance?: number;
  readonly priority?: number;
  /** What this and the former windows say together. */
  readonly evidence?: ColumnEvidence;
  /** Days or hours of the window that carry the shift, most first. */
  readonly bySource?: readonly SourceShare[];
  /** A sentence, or why it cannot be measured. */
  readonly explanation: string;
}
