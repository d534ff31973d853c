import { z } from 'zod';

export const count = z.number().int().nonnegative();

export const numericProfileSchema = z.object({
  kind: z.literal('numeric'),
  counts: z.object({
    /** Rows that have no finite number; statistics are over the `n` that do. */
    null: count,
    nan: count,
    posInf: count,
    negInf: count,
    /** Of the n: equal to zero, below zero, with a fraction. */
    zero: count,
    negative: count,
    nonInteger: count,
    /** Values that could not be read as numbers; they count as null too. */
    typeMismatch: count,
  }),
  n: count,
  mean: z.number(),
  /** What a double loses of a mean far from zero: the mean is the sum of both. Absent where that is nothing. */
  meanRest: z.number().optional(),
  /** Sum of squared distances from the mean, in squared units of the column. */
  m2: z.number().nonnegative(),
  /** Null while n is 0. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** Smallest and largest as decimal texts where doubles would round them: integers beyond 2^53, decimals. */
  exact: z.object({ min: z.string(), max: z.string() }).optional(),
  /** One entry a bin of the binning: how many values, and their sum, which makes Wasserstein distances nearly exact. */
  bins: z.object({ counts: z.array(count), sums: z.array(z.number()) }),
  /** How many values there are: see `estimateDistinct`. */
  distinct: z.string(),
});

/** What is kept of a numeric column. Adds up: see `mergeColumns`. */
export type NumericProfile = z.infer<typeof numericProfileSchema>;

/** Standard deviation (divisor n) of a numeric column, in its unit; 0 without values. */
export function standardDeviation(column: NumericProfile): number {
  return column.n === 0 ? 0 : Math.sqrt(column.m2 / column.n);
}

/** The numeric profile of no rows under this many edges. */
export function emptyNumeric(edges: number): NumericProfile {
  const zeros = () => new Array<number>(edges + 1).fill(0);
  return {
    kind: 'numeric',
    counts: {
      null: 0,
      nan: 0,
      posInf: 0,
      negInf: 0,
      zero: 0,
      negative: 0,
      nonInteger: 0,
      typeMismatch: 0,
    },
    n: 0,
    mean: 0,
    m2: 0,
    min: null,
    max: null,
    bins: { counts: zeros(), sums: zeros() },
    distinct: '',
  };
}
