/** Evidently's share for an empty cell, where nothing smaller is there to compare with. */
const EMPTY_SHARE = 1e-4;

/**
 * What stands in for an empty cell before a logarithm: Evidently's rule (a millionth of the smallest share when that is 1e-4 or
 * less, else 1e-4), nothing, or a share of one's own.
 */
export type ZeroFill = 'evidently' | 'none' | number;

/**
 * The shares with their zeros filled; they then sum to a little more than 1.
 *
 * Source: Evidently 0.7 `get_binned_data`, `feel_zeroes`.
 * @example filled([0.5, 0.5, 0], 'evidently') // [0.5, 0.5, 0.0001]
 */
export function filled(shares: readonly number[], fill: ZeroFill): readonly number[] {
  if (fill === 'none') return shares;
  const share = fill === 'evidently' ? evidentlyShare(shares) : fill;
  return shares.map((value) => (value === 0 ? share : value));
}

function evidentlyShare(shares: readonly number[]): number {
  const smallest = shares.reduce(
    (least, share) => (share > 0 && share < least ? share : least),
    Number.POSITIVE_INFINITY,
  );
  return smallest <= EMPTY_SHARE ? smallest / 1e6 : EMPTY_SHARE;
}
