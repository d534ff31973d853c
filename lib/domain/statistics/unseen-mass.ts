import { type Counts, totalOf } from './result.ts';

/**
 * Share of current rows in cells that the reference never filled: new categories, or numbers where there were none.
 *
 * @param a counts of the reference @param b of the current rows
 * @returns share 0–1 and the indices of the cells, fullest first; undefined when either has no rows
 * Source: NannyML 0.13 `unseen_values`, as a share.
 * @example unseenMass([500, 300, 0], [450, 250, 100]) // { share: 0.125, cells: [2] }
 */
export function unseenMass(
  a: Counts,
  b: Counts,
): { readonly share: number; readonly cells: readonly number[] } | undefined {
  const rows = totalOf(b);
  if (rows === 0 || totalOf(a) === 0) return undefined;
  const unseen = b
    .map((count, cell) => ({ count, cell }))
    .filter(({ count, cell }) => count > 0 && (a[cell] ?? 0) === 0)
    .sort((x, y) => y.count - x.count);
  return { share: totalOf(unseen.map(({ count }) => count)) / rows, cells: unseen.map(({ cell }) => cell) };
}
