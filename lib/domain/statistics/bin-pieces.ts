import type { BinnedSample } from './result.ts';

/** One stretch of the number line between two edges, and how two distribution functions F and G differ over it. */
export interface BinPiece {
  readonly left: number;
  readonly right: number;
  /** Integral of F − G over it, in the column's unit: exact, since the bin sums are. */
  readonly area: number;
  /** F and G at its left end, 0–1, and the shares of rows within it. */
  readonly before: { readonly f: number; readonly g: number };
  readonly inside: { readonly f: number; readonly g: number };
}

/**
 * The number line cut at the edges of two samples' bins, from the lowest value of both to the highest.
 *
 * @param a @param b not empty
 * @param edges bin i holds [edges[i−1], edges[i]); the first and last bins are open
 * Source: over [a, b), ∫F = F(a)(b − a) + (count·b − sum)/n, by parts.
 * @example with an edge at every value, of [0, 1] and [1, 2]: areas that add up to 1
 */
export function binPieces(a: BinnedSample, b: BinnedSample, edges: readonly number[]): readonly BinPiece[] {
  const low = Math.min(a.min as number, b.min as number);
  const high = Math.max(a.max as number, b.max as number);
  let before = { f: 0, g: 0 };
  return a.bins.counts.map((_, i): BinPiece => {
    const left = Math.min(Math.max(edges[i - 1] ?? low, low), high);
    const right = Math.min(Math.max(edges[i] ?? high, low), high);
    const inside = { f: shareOf(a, i), g: shareOf(b, i) };
    const area = (before.f - before.g) * (right - left) + restOf(a, i, right) - restOf(b, i, right);
    const piece = { left, right, area, before, inside };
    before = { f: before.f + inside.f, g: before.g + inside.g };
    return piece;
  });
}

function shareOf({ n, bins }: BinnedSample, i: number): number {
  return (bins.counts[i] as number) / n;
}

/** Area under the distribution function inside bin i; rounding of sums must not become area where the bin is a point. */
function restOf({ n, bins }: BinnedSample, i: number, right: number): number {
  return Math.max(0, (bins.counts[i] as number) * right - (bins.sums[i] as number)) / n;
}
