import { MooringError } from '../errors.ts';
import type { ModelSpec } from '../spec.ts';

/** A run's range holds too little to learn from or to judge by. */
export class TooLittleDataError extends MooringError {
  override readonly name = 'TooLittleDataError';
}

/** Fewer rows than this are a mistake in dates or labels, not a training set. */
const MIN_TRAIN_ROWS = 50;
/** A metric of fewer rows says nothing: the standard error of a share is then above 0.1. */
const MIN_HOLDOUT_ROWS = 20;

export interface SetCounts {
  readonly train: number;
  readonly validation: number;
  readonly holdout: number;
  /** Distinct labels of the rows to train on. */
  readonly classes: number;
  readonly range: { readonly from: string; readonly holdoutFrom: string; readonly to: string };
}

/**
 * Refuses a prepared set that nothing can be learned from, in words that say what is missing.
 *
 * @throws TooLittleDataError
 * @example requireEnoughData({ train: 0, … }, 'binary') // throws: training needs at least 50 labelled rows from …, got 0
 */
export function requireEnoughData(counts: SetCounts, task: ModelSpec['task']): void {
  const { from, holdoutFrom, to } = counts.range;
  if (counts.train < MIN_TRAIN_ROWS || counts.validation < 1)
    throw new TooLittleDataError(
      `training needs at least ${MIN_TRAIN_ROWS} labelled rows from ${from} to ${holdoutFrom}, got ${counts.train}`,
    );
  if (counts.holdout < MIN_HOLDOUT_ROWS)
    throw new TooLittleDataError(
      `the holdout needs at least ${MIN_HOLDOUT_ROWS} labelled rows from ${holdoutFrom} to ${to}, got ${counts.holdout}`,
    );
  if (task !== 'regression' && counts.classes < 2)
    throw new TooLittleDataError(
      `training for ${task} needs at least 2 classes of label from ${from} to ${holdoutFrom}, got ${counts.classes}`,
    );
}
