/** Counts of rows over cells; two of one comparison are over the same cells. */
export type Counts = readonly number[];

/** Finite values in any order. */
export type Sample = ArrayLike<number>;

/** What a test says: its statistic, and how often chance alone reaches it. */
export interface TestResult {
  readonly statistic: number;
  /** 0–1. */
  readonly p: number;
  /** Degrees of freedom, where the test has them. */
  readonly df?: number;
}

/** An estimate with the bounds that cover the truth as often as was asked. */
export interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** A column as its bins know it: how many values and their sum in each. A numeric profile is one. */
export interface BinnedSample {
  readonly n: number;
  /** Null while n is 0. */
  readonly min: number | null;
  readonly max: number | null;
  readonly bins: { readonly counts: Counts; readonly sums: readonly number[] };
}

/** How many rows the counts hold together. */
export function totalOf(counts: Counts): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

/** Shares (0–1) of two counts over the same cells; undefined when either has no rows. */
export function sharesOf(
  a: Counts,
  b: Counts,
):
  | { readonly p: readonly number[]; readonly q: readonly number[]; readonly n: number; readonly m: number }
  | undefined {
  if (a.length !== b.length)
    throw new RangeError(`two distributions need the same cells, got ${a.length} and ${b.length}`);
  const [n, m] = [totalOf(a), totalOf(b)];
  if (!(n > 0) || !(m > 0)) return undefined;
  return { p: a.map((count) => count / n), q: b.map((count) => count / m), n, m };
}

/** The values in ascending order, as a copy. */
export function sorted(sample: Sample): Float64Array {
  return Float64Array.from(sample).sort();
}
