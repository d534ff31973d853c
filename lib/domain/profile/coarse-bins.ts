import { pointOf } from './edges.ts';

/**
 * Joins neighbouring bins into groups that the reference fills about equally: PSI's deciles, the cells of a Jensen-Shannon
 * distance. A bin is never cut, so one that holds more than its share is a group of its own.
 *
 * @param counts rows of the reference in each bin
 * @param groups how many are wanted; there may be fewer
 * @returns index of the first bin of each group; [0] when the reference has no rows
 * @example groupBins([5, 5, 80, 5, 5], 2) // [0, 2, 3]
 */
export function groupBins(counts: readonly number[], groups: number): number[] {
  const share = counts.reduce((sum, count) => sum + count, 0) / groups;
  const starts = [0];
  let filled = 0;
  counts.forEach((count, bin) => {
    const start = starts.at(-1) as number;
    // As near to its share without this bin as with it.
    if (bin > start && filled > 0 && (count >= share || filled + count / 2 >= share)) {
      starts.push(bin);
      filled = 0;
    }
    filled += count;
  });
  return starts;
}

/** Sums of the bins of each group: counts of the coarser cut, exactly. */
export function sumGroups(counts: readonly number[], starts: readonly number[]): number[] {
  return starts.map((start, group) =>
    counts.slice(start, starts[group + 1]).reduce((sum, count) => sum + count, 0),
  );
}

/**
 * At most about that many of some ascending edges, evenly chosen; both edges of a point bin or none.
 *
 * @example coarseEdges([1, 2, 3, 4, 5], 2) // [1, 4]
 */
export function coarseEdges(edges: readonly number[], most: number): number[] {
  const step = Math.max(1, Math.ceil(edges.length / most));
  const kept: number[] = [];
  for (let i = 0; i < edges.length; i += step) {
    const low = pointOf(edges, i) === undefined ? i : i - 1;
    const point = pointOf(edges, low + 1) === undefined ? [] : [edges[low + 1] as number];
    kept.push(
      ...[edges[low] as number, ...point].filter((edge) => edge > (kept.at(-1) ?? Number.NEGATIVE_INFINITY)),
    );
  }
  return kept;
}
