import { z } from 'zod';

const count = z.number().int().nonnegative();

export const numericProfileSchema = z.object({
  kind: z.literal('numeric'),
  /** Values that are no finite number; statistics are over the `n` that are. */
  counts: z.object({ null: count, nan: count, posInf: count, negInf: count }),
  n: count,
  mean: z.number(),
  /** Sum of squared distances from the mean, in squared units of the column. */
  m2: z.number().nonnegative(),
  /** Null while n is 0. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** One entry a bin of the binning: how many values, and their sum, which makes Wasserstein distances nearly exact. */
  bins: z.object({ counts: z.array(count), sums: z.array(z.number()) }),
});

export const categoricalProfileSchema = z.object({
  kind: z.literal('categorical'),
  counts: z.object({ null: count, empty: count }),
  /** Non-null rows; the empty string is a value like any other. */
  n: count,
  /** [value, rows], sorted by value. */
  values: z.array(z.tuple([z.string(), count])),
  /** Rows of values beyond those counted by name. */
  other: count,
});

/** What is kept of a numeric column. Adds up: see `mergeColumns`. */
export type NumericProfile = z.infer<typeof numericProfileSchema>;
/** What is kept of a string or boolean column. Adds up: see `mergeColumns`. */
export type CategoricalProfile = z.infer<typeof categoricalProfileSchema>;
export type ColumnProfile = NumericProfile | CategoricalProfile;

/** Names counted exactly in one column; more would make profiles as large as the data they stand for. */
export const MAX_CATEGORIES = 10_000;

/** Rows that have no usable value: null, NaN or infinite. */
export function missingOf(column: ColumnProfile): number {
  const { counts } = column;
  return column.kind === 'categorical'
    ? counts.null
    : counts.null + column.counts.nan + column.counts.posInf + column.counts.negInf;
}

/** Standard deviation (divisor n) of a numeric column, in its unit; 0 without values. */
export function standardDeviation(column: NumericProfile): number {
  return column.n === 0 ? 0 : Math.sqrt(column.m2 / column.n);
}
