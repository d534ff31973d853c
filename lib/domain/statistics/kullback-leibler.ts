import { type Counts, sharesOf, totalOf } from './result.ts';
import { filled, type ZeroFill } from './zero-fill.ts';

/**
 * Kullback-Leibler divergence of the first distribution from the second, in nats: Σ p ln(p/q) after filling and renormalising.
 *
 * @param a counts of the reference @param b of the current rows
 * @param fill for cells that a side lacks; with `none` a cell that only the first has makes it infinite
 * @returns 0 and up; undefined when either has no rows
 * Source: Kullback, Leibler (1951); Evidently 0.7 `kl_div`, which calls scipy `stats.entropy(p, q)` on filled shares.
 * @example kullbackLeibler([500, 300, 200, 0], [450, 250, 200, 100]) // 0.10656463141358513
 */
export function kullbackLeibler(a: Counts, b: Counts, fill: ZeroFill = 'evidently'): number | undefined {
  const shares = sharesOf(a, b);
  if (shares === undefined) return undefined;
  const [p, q] = [filled(shares.p, fill), filled(shares.q, fill)];
  const [n, m] = [totalOf(p), totalOf(q)];
  const sum = p.reduce((total, share, i) => {
    if (share === 0) return total;
    return total + (share / n) * Math.log((share * m) / ((q[i] as number) * n));
  }, 0);
  return Math.max(0, sum);
}
