import { z } from 'zod';
import { count, numericProfileSchema } from './numeric-profile.ts';
import { textProfileSchema } from './text-profile.ts';
import { timestampProfileSchema } from './timestamp-profile.ts';
import { HASH_BUCKETS } from './value-hash.ts';

export { type NumericProfile, numericProfileSchema, standardDeviation } from './numeric-profile.ts';

export const categoricalProfileSchema = z.object({
  kind: z.literal('categorical'),
  /** `typeMismatch`: values of a boolean column that are none, counted as null too. */
  counts: z.object({ null: count, empty: count, typeMismatch: count }),
  /** Non-null rows; the empty string is a value like any other. */
  n: count,
  /** [value, rows], sorted by value. */
  values: z.array(z.tuple([z.string(), count])),
  /** Rows of values beyond those counted by name. */
  other: count,
  /** Those rows by the hash of their value; absent while there are none. */
  buckets: z.array(count).length(HASH_BUCKETS).optional(),
  /** How many values there are: see `estimateDistinct`. */
  distinct: z.string(),
});

export const columnProfileSchema = z.discriminatedUnion('kind', [
  numericProfileSchema,
  categoricalProfileSchema,
  textProfileSchema,
  timestampProfileSchema,
]);

/** What is kept of a string or boolean column. Adds up: see `mergeColumns`. */
export type CategoricalProfile = z.infer<typeof categoricalProfileSchema>;
export type ColumnProfile = z.infer<typeof columnProfileSchema>;

/** Names counted exactly in one column; more would make profiles as large as the data they stand for. */
export const MAX_CATEGORIES = 10_000;

/** Rows whose value is of the wrong type, which counts as null too; a text never is. */
export function mismatchesOf({ counts }: ColumnProfile): number {
  return 'typeMismatch' in counts ? counts.typeMismatch : 0;
}

/** Rows that have no usable value: null, NaN or infinite. */
export function missingOf(column: ColumnProfile): number {
  const { counts } = column;
  return column.kind === 'numeric'
    ? counts.null + column.counts.nan + column.counts.posInf + column.counts.negInf
    : counts.null;
}
