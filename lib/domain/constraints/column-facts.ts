import type { ColumnSpec } from '../spec.ts';

/** What was seen of one column of a file that no spec describes. Counts are of all rows, but for `sample`. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: ColumnSpec['type'];
  readonly rows: number;
  readonly nulls: number;
  /** Values that are not of the type. */
  readonly mismatches: number;
  /** NaN and infinities of a column of numbers. */
  readonly notFinite: number;
  /** Finite extremes of numbers; characters of texts. */
  readonly min?: number;
  readonly max?: number;
  readonly sample: SampleFacts;
}

/** What needs each value to be kept, which is done for a sample. */
export interface SampleFacts {
  /** Values there. */
  readonly values: number;
  readonly distinct: number;
  /** Different values that were met once. */
  readonly singles: number;
  /** The commonest values of a column of texts, most first, at most `MAX_LISTED`. */
  readonly commonest: readonly { readonly value: string; readonly rows: number }[];
}

/** Of a column with more different values no vocabulary is proposed: Deequ's limit. */
export const MAX_LISTED = 120;
