export type Trigger =
  | { readonly kind: 'person'; readonly token: string }
  | { readonly kind: 'drift' | 'schedule'; readonly signal: string };

/** One execution of the training pipeline; its recorded inputs are enough to start it again. */
export interface Run {
  readonly model: string;
  readonly id: string;
  readonly status: 'running' | 'awaiting-approval' | 'releasing' | 'closed';
  readonly outcome?: 'promoted' | 'rejected' | 'failed';
  /** Counts from 1; a restart adds one. */
  readonly attempt: number;
  readonly trigger: Trigger;
  readonly specHash: string;
  /** Event-time range the run may read, half open, ISO 8601 UTC; the holdout is its newest part. */
  readonly from: string;
  readonly holdoutFrom: string;
  readonly to: string;
  /** Knowledge time, wall clock: nothing that was accepted or received later is in its data. */
  readonly asOf: string;
  readonly datasets: readonly string[];
  /** What it would have read as well, were it not for columns that may not be null. */
  readonly leftOut?: readonly LeftOut[];
  readonly champion?: number;
  readonly version?: number;
  readonly startedAt: string;
  readonly closedAt?: string;
  readonly error?: RunError;
}

/** Datasets that were accepted under a spec that did not ask for a column. */
export interface LeftOut {
  readonly column: string;
  /** How many lack it, and the id of one. */
  readonly datasets: number;
  readonly dataset: string;
}

export interface RunError {
  readonly name: string;
  readonly cause: string;
  readonly step?: string;
}
