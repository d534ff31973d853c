/** Bins of a numeric column: a Wasserstein distance within 1e-4 standard deviations at a million rows. */
export const NUMERIC_BINS = 256;

/** Of scores, whose bins estimate a model's quality, and of small tables, where few rows leave nothing to average out. */
export const FINE_BINS = 1024;

/** Tables up to this many rows get fine bins. */
export const SMALL_TABLE_ROWS = 200_000;

/** A column with at most this many values gets a point bin for each. */
export const MAX_POINTS = 256;

/**
 * Ranks (0–1) of the quantiles that `edgesFromQuantiles` wants: equal shares, and within the first and the last of them ever
 * smaller ones, each half of the one before, for tails reach far with few values.
 *
 * @param sample how many values the quantiles are taken of
 */
export function edgeRanks(bins: number = NUMERIC_BINS, sample: number = SMALL_TABLE_ROWS): readonly number[] {
  const tail: number[] = [];
  for (let share = 1 / bins / 2; share * sample >= 2; share /= 2) tail.push(share);
  const middle = Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);
  return [...tail.toReversed(), ...middle, ...tail.map((share) => 1 - share)];
}

/** Edges that give each of these values a bin of its own. */
export function pointEdges(values: readonly number[]): number[] {
  return edgesFromQuantiles(values.flatMap((value) => [value, value]));
}

/**
 * Edges of bins that hold about equal shares of a sample. A value that fills a bin by itself (zero rain, a default) is an
 * atom: it gets the point bin [v, nextUp(v)), so that its share is counted exactly and never smeared over its neighbours.
 *
 * @param quantiles ascending, finite values of the column at `edgeRanks()`; empty when the column has no values
 * @returns strictly ascending edges; empty for no values (one bin for all)
 * @example edgesFromQuantiles([0, 0, 3]) // [0, 5e-324, 3]
 */
export function edgesFromQuantiles(quantiles: readonly number[]): number[] {
  const edges: number[] = [];
  quantiles.forEach((value, i) => {
    const atom = value === quantiles[i + 1];
    if (value === quantiles[i - 1]) return;
    if (edges.length === 0 || value > (edges.at(-1) as number)) edges.push(value);
    // Nothing finite is above the largest double: its bin is the last one.
    if (atom && value < Number.MAX_VALUE) edges.push(nextUp(value));
  });
  return edges;
}

/** The only value of a bin [v, nextUp(v)); undefined for a bin of more. */
export function pointOf(edges: ArrayLike<number>, bin: number): number | undefined {
  const [low, high] = [edges[bin - 1], edges[bin]];
  return low !== undefined && high === nextUp(low) ? low : undefined;
}

/** Index of the bin of a finite value under left-closed bins: the number of edges at or below it. */
export function binOf(value: number, edges: ArrayLike<number>): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** The smallest double above a finite one. */
export function nextUp(value: number): number {
  float[0] = value === 0 ? 0 : value;
  bits[0] = (bits[0] as bigint) + (value >= 0 ? 1n : -1n);
  return float[0] as number;
}
