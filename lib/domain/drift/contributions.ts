import type { NumericProfile } from '../profile/column-profile.ts';
import { nextUp } from '../profile/edges.ts';
import { equalGroups } from './equal-groups.ts';
import { edgeText } from './sentence.ts';
import { stretchesOf } from './wasserstein.ts';

/** A bin or a category, and how much of its column's distance it makes. */
export interface Cell {
  /** `46.04 to 51.8`, or the category. */
  readonly cell: string;
  /** Of a numeric range, in the column's unit; open where absent. */
  readonly from?: number;
  readonly to?: number;
  /** Shares (0–1) of the values. */
  readonly before: number;
  readonly after: number;
  /** Share (0–1) of the distance; those of all cells add up to 1. */
  readonly share: number;
}

/** More ranges than that nobody reads. */
const RANGES = 8;
/** At most this many are kept. */
const KEPT = 10;

/**
 * Which stretches of the number line make the Wasserstein distance: it is a sum over them, so their shares add up.
 *
 * @returns ranges that each hold about an eighth of the reference, largest share first; [] where nothing differs, or by more than a double holds
 */
export function numericCells(
  reference: NumericProfile,
  window: NumericProfile,
  edges: readonly number[],
): readonly Cell[] {
  const stretches = stretchesOf(reference, window, edges);
  const total = stretches.reduce((sum, { area }) => sum + Math.abs(area), 0);
  if (total === 0 || !Number.isFinite(total)) return [];
  return equalGroups(reference.bins.counts, RANGES)
    .map(([first, last]) => {
      const part = stretches.slice(first, last + 1);
      const [from, to] = [edges[first - 1], edges[last]];
      return {
        cell: rangeName(from, to),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        before: part.reduce((sum, { inside }) => sum + inside.f, 0),
        after: part.reduce((sum, { inside }) => sum + inside.g, 0),
        share: part.reduce((sum, { area }) => sum + Math.abs(area), 0) / total,
      };
    })
    .sort((a, b) => b.share - a.share)
    .slice(0, KEPT);
}

/** A range of the number line, by its edges. */
export function rangeName(from: number | undefined, to: number | undefined): string {
  if (from === undefined) return to === undefined ? 'all values' : `below ${edgeText(to)}`;
  if (to === undefined) return `from ${edgeText(from)}`;
  return to === nextUp(from) ? edgeText(from) : `${edgeText(from)} to ${edgeText(to)}`;
}

/**
 * Which categories make the Jensen-Shannon divergence: a sum over cells as well.
 *
 * @param names of the cells @param reference counts @param window counts over the same cells
 * @returns largest share first; [] where nothing differs or a side is empty
 */
export function categoryCellShares(
  names: readonly string[],
  reference: readonly number[],
  window: readonly number[],
): readonly Cell[] {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const [n, m] = [sum(reference), sum(window)];
  if (n === 0 || m === 0) return [];
  const cells = names.map((cell, i) => {
    const [before, after] = [(reference[i] as number) / n, (window[i] as number) / m];
    return { cell, before, after, share: divergenceOf(before, after) };
  });
  const total = cells.reduce((all, { share }) => all + share, 0);
  if (total === 0) return [];
  return cells
    .map((cell) => ({ ...cell, share: cell.share / total }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, KEPT);
}

function divergenceOf(p: number, q: number): number {
  const term = (x: number) => (x === 0 ? 0 : x * Math.log((2 * x) / (p + q)));
  return Math.max(0, term(p) + term(q));
}
