/** Evidently's share for an empty cell, where nothing smaller is there to compare with. */
const EMPTY_SHARE = 1e-4;

/**
 * Population stability index of two distributions over the same cells, for people who know its scale (0.1 and 0.25); verdicts do
 * not use it, since one empty cell can make it anything.
 *
 * @param a counts of one @param b of the other, over the same cells
 * @returns 0 and up; undefined when one is empty
 * Source: Siddiqi, Credit Risk Scorecards (2006); empty cells filled as Evidently 0.7 does: a millionth of the smallest share when
 * that is 1e-4 or less, else 1e-4.
 * @example psi([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]) // 0.037218381577290835
 */
export function psi(a: readonly number[], b: readonly number[]): number | undefined {
  const p = filledShares(a);
  const q = filledShares(b);
  if (p === undefined || q === undefined) return undefined;
  return p.reduce(
    (sum, share, i) => sum + (share - (q[i] as number)) * Math.log(share / (q[i] as number)),
    0,
  );
}

function filledShares(counts: readonly number[]): readonly number[] | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const shares = counts.map((count) => count / total);
  const smallest = Math.min(...shares.filter((share) => share > 0));
  const fill = smallest <= EMPTY_SHARE ? smallest / 1e6 : EMPTY_SHARE;
  return shares.map((share) => (share === 0 ? fill : share));
}
