import { pointOf } from './edges.ts';

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
