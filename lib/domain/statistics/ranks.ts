import type { Sample } from './result.ts';

/** Ranks of two samples pooled: ties share the mean of the ranks they take. */
export interface PooledRanks {
  /** Ranks of the first sample, ascending, 1 and up; likewise of the second. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Sizes of the groups of equal values, singles included. */
  readonly ties: readonly number[];
}

/**
 * Ranks of two samples in one order.
 *
 * Source: scipy `stats.rankdata(method='average')`.
 * @example pooledRanks([1, 3], [3]) // { x: [1, 2.5], y: [2.5], ties: [1, 2] }
 */
export function pooledRanks(x: Sample, y: Sample): PooledRanks {
  const all = [
    ...Array.from(x, (value) => ({ value, first: true })),
    ...Array.from(y, (value) => ({ value, first: false })),
  ].sort((a, b) => a.value - b.value);
  const ranks = { x: [] as number[], y: [] as number[], ties: [] as number[] };
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to++;
    const rank = (from + 1 + to) / 2;
    for (const { first } of all.slice(from, to)) (first ? ranks.x : ranks.y).push(rank);
    ranks.ties.push(to - from);
    from = to;
  }
  return ranks;
}
