import { identity, type RandomFeatures } from './random-features.ts';

/**
 * Squared maximum mean discrepancy of two sets of rows under a Gaussian kernel: how far the joint distributions are apart,
 * correlations included. Unbiased: about 0, on either side, for two samples of one distribution.
 *
 * @returns −2/n to 2; undefined with fewer than two rows on a side
 * Throws when the features differ.
 * Source: Gretton et al., J. Mach. Learn. Res. 13 (2012), the unbiased estimate, over random features; a row's features have
 * length 1, which gives the bias from the counts.
 * @example of one state with itself: a little below 0
 */
export function rffMmd2(a: RandomFeatures, b: RandomFeatures): number | undefined {
  if (identity(a) !== identity(b))
    throw new Error(`a discrepancy is of one choice of features, got ${identity(a)} and ${identity(b)}`);
  if (a.n < 2 || b.n < 2) return undefined;
  const scale = 2 / a.dimension;
  let [aa, bb, ab] = [0, 0, 0];
  for (let k = 0; k < a.dimension; k++) {
    const [x, y] = [a.sum[k] as number, b.sum[k] as number];
    aa += x * x * scale;
    bb += y * y * scale;
    ab += x * y * scale;
  }
  return (aa - a.n) / (a.n * (a.n - 1)) + (bb - b.n) / (b.n * (b.n - 1)) - (2 * ab) / (a.n * b.n);
}
