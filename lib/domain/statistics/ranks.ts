import { midRanks } from './mid-ranks.ts';
import { type Sample, sorted } from './result.ts';

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
  const ranks = midRanks([...sorted(x), ...sorted(y)]);
  const ties = new Map<number, number>();
  for (const rank of ranks.slice().sort()) ties.set(rank, (ties.get(rank) ?? 0) + 1);
  return {
    x: Array.from(ranks.subarray(0, x.length)),
    y: Array.from(ranks.subarray(x.length)),
    ties: [...ties.values()],
  };
}
