import { type BinnedSample, type Counts, totalOf } from '../result.ts';

/** Where the values of a bin are taken to lie, evenly: a stretch around their mean as wide as the bin allows. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/**
 * Counts under other bins than a column was counted under. Within a bin, values are taken to lie evenly around the bin's mean,
 * up to its nearer end: for a long tail that is far better than evenly over the bin.
 *
 * @param edges of the column's bins: bin i holds [edges[i−1], edges[i])
 * @param wanted ascending: [wanted[i], wanted[i+1]), the last closed; rows outside are in none
 * @returns whole numbers, whose running sums are rounded so that they add up
 * Source: Model assumption; its error is measured in the tests of the presets.
 * @example all rows of one bin [0, 2) with mean 1, under [0, 1, 2] // half in each
 */
export function spreadBins(
  column: BinnedSample,
  edges: readonly number[],
  wanted: readonly number[],
): number[] {
  const stretches = stretchesOf(column, edges);
  const below = wanted.map((edge, i) => Math.round(rowsBelow(stretches, edge, i === wanted.length - 1)));
  return below.slice(1).map((count, i) => count - (below[i] as number));
}

function stretchesOf({ min, max, bins }: BinnedSample, edges: readonly number[]): readonly Stretch[] {
  const [low, high] = [min ?? 0, max ?? 0];
  return bins.counts.flatMap((rows, i) => {
    if (rows === 0) return [];
    const left = Math.min(Math.max(edges[i - 1] ?? low, low), high);
    const right = Math.min(Math.max(edges[i] ?? high, low), high);
    const mean = Math.min(Math.max((bins.sums[i] as number) / rows, left), right);
    const reach = Math.min(mean - left, right - mean);
    return [{ from: mean - reach, to: mean + reach, rows }];
  });
}

function rowsBelow(stretches: readonly Stretch[], edge: number, closed: boolean): number {
  const shares: Counts = stretches.map(({ from, to, rows }) => {
    if (to < edge || (closed && to === edge)) return rows;
    if (from >= edge || from === to) return 0;
    return (rows * (edge - from)) / (to - from);
  });
  return totalOf(shares);
}
