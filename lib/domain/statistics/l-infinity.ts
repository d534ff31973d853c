import { type Counts, sharesOf } from './result.ts';

/** Deequ's factor of the margin: a chance of about 0.3 % under its Kolmogorov-like bound. */
const DEEQU_FACTOR = 1.8;

/**
 * Largest change of one cell's share, and which cell it is.
 *
 * @returns distance 0–1 and the index of the cell; undefined when either has no rows
 * Source: TFDV `LInftyDistance`; SageMaker Model Monitor's `Simple` categorical comparison.
 * @example lInfinity([50, 50], [40, 60]) // { distance: 0.1, cell: 0 }
 */
export function lInfinity(
  a: Counts,
  b: Counts,
): { readonly distance: number; readonly cell: number } | undefined {
  const shares = sharesOf(a, b);
  if (shares === undefined) return undefined;
  let [distance, cell] = [0, 0];
  shares.p.forEach((p, i) => {
    const gap = Math.abs(p - (shares.q[i] as number));
    if (gap > distance) [distance, cell] = [gap, i];
  });
  return { distance, cell };
}

/**
 * A largest gap (of shares or of distribution functions) less what chance may show.
 *
 * @param distance 0–1 @param n rows of one side @param m of the other @param factor Deequ's c(α)
 * @returns 0–1
 * Source: Deequ `Distance`, `LInfinityMethod` with `Robust`: max(0, D − c·√((n + m)/(nm))).
 * @example lInfinityRobust(0.2, 1000, 1000) // 0.1195
 */
export function lInfinityRobust(distance: number, n: number, m: number, factor = DEEQU_FACTOR): number {
  return Math.max(0, distance - factor * Math.sqrt((n + m) / (n * m)));
}
