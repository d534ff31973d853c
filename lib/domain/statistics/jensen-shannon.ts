import { type Counts, sharesOf } from './result.ts';

/** Base of the logarithm: natural (Evidently, scipy) or 2 (TFDV, NannyML). */
export type LogBase = 'e' | 2;

/**
 * Jensen-Shannon divergence of two distributions over the same cells: how much a row tells about which of the two it is from.
 *
 * @param a counts, or shares, of one @param b of the other
 * @returns 0 (equal) to ln 2, or to 1 in base 2 (nothing in common); undefined when either has no rows
 * Source: Lin, IEEE Trans. Inf. Theory 37 (1991).
 * @example jensenShannonDivergence([1, 0], [0, 1], 2) // 1
 */
export function jensenShannonDivergence(a: Counts, b: Counts, base: LogBase = 'e'): number | undefined {
  const shares = sharesOf(a, b);
  if (shares === undefined) return undefined;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [shares.p[i] as number, shares.q[i] as number];
    if (p > 0) sum += p * Math.log((2 * p) / (p + q));
    if (q > 0) sum += q * Math.log((2 * q) / (p + q));
  }
  return Math.max(0, sum / 2) / (base === 2 ? Math.LN2 : 1);
}

/**
 * Its square root, which is a metric.
 *
 * @returns 0 (equal) to √ln 2 = 0.8326, or to 1 in base 2; undefined when either has no rows
 * Source: Endres, Schindelin, IEEE Trans. Inf. Theory 49 (2003); scipy `spatial.distance.jensenshannon`.
 * @example jensenShannonDistance([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]) // 0.06804819617703867
 */
export function jensenShannonDistance(a: Counts, b: Counts, base: LogBase = 'e'): number | undefined {
  const divergence = jensenShannonDivergence(a, b, base);
  return divergence === undefined ? undefined : Math.sqrt(divergence);
}

/**
 * What the divergence shows on average for two samples of one distribution, in nats.
 *
 * @returns 0 and up; undefined when either has no rows
 * Source: second-order expansion, 8·JSD/(1/n + 1/m) is about χ² with one degree of freedom less than cells; a cell of less than
 * about one row cannot show more than its whole share.
 * @example jensenShannonBias([50, 50], [50, 50]) // 0.0025
 */
export function jensenShannonBias(a: Counts, b: Counts): number | undefined {
  const shares = sharesOf(a, b);
  if (shares === undefined) return undefined;
  const { n, m } = shares;
  return a.reduce((sum, count, i) => {
    const pooled = (count + (b[i] as number)) / (n + m);
    return sum + Math.min(((1 - pooled) * (1 / n + 1 / m)) / 8, pooled * Math.LN2);
  }, 0);
}

/**
 * The distance (natural logarithm) less what chance adds to the divergence.
 *
 * @returns 0 and up; undefined when either has no rows
 * @example jensenShannonCorrected([50, 50], [45, 55]) // 0, since 0.0025 of chance is more than the 0.00125 seen
 */
export function jensenShannonCorrected(a: Counts, b: Counts): number | undefined {
  const divergence = jensenShannonDivergence(a, b);
  if (divergence === undefined) return undefined;
  return Math.sqrt(Math.max(0, divergence - (jensenShannonBias(a, b) as number)));
}
