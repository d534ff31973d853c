import { type Counts, sharesOf } from './result.ts';
import { filled, type ZeroFill } from './zero-fill.ts';

/**
 * Population stability index of two distributions over the same cells, for people who know its scale (0.1 and 0.25).
 *
 * @param a counts of one @param b of the other
 * @param fill for cells that one side lacks; with `none` such a cell makes it infinite
 * @returns 0 and up; undefined when either has no rows
 * Source: Siddiqi, Credit Risk Scorecards (2006), Σ(p − q) ln(p/q).
 * @example psi([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]) // 0.037218381577290835
 */
export function psi(a: Counts, b: Counts, fill: ZeroFill = 'evidently'): number | undefined {
  const shares = sharesOf(a, b);
  if (shares === undefined) return undefined;
  const [p, q] = [filled(shares.p, fill), filled(shares.q, fill)];
  return p.reduce((sum, share, i) => {
    const other = q[i] as number;
    return share === other ? sum : sum + (share - other) * Math.log(share / other);
  }, 0);
}

/**
 * What the index shows on average for two samples of one distribution: the more, the more cells and the fewer rows.
 *
 * @returns 0 and up; undefined when either has no rows
 * Source: second-order expansion, PSI/(1/n + 1/m) is about χ² with one degree of freedom less than cells; Yurdakul (2018).
 * @example psiBias([50, 50], [50, 50]) // 0.02
 */
export function psiBias(a: Counts, b: Counts): number | undefined {
  const shares = sharesOf(a, b);
  if (shares === undefined) return undefined;
  const cells = a.filter((count, i) => count + (b[i] as number) > 0).length;
  return (cells - 1) * (1 / shares.n + 1 / shares.m);
}

/**
 * The index less what chance adds to it, not below 0.
 *
 * @returns 0 and up; undefined when either has no rows
 * @example psiCorrected([50, 50], [45, 55]) // 0, since 0.02 of chance is more than the 0.01 seen
 */
export function psiCorrected(a: Counts, b: Counts, fill: ZeroFill = 'evidently'): number | undefined {
  const raw = psi(a, b, fill);
  return raw === undefined ? undefined : Math.max(0, raw - (psiBias(a, b) as number));
}
