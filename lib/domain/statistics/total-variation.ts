import { type Counts, sharesOf } from './result.ts';

/**
 * Total variation distance: the share of rows that would have to change cell to turn one distribution into the other.
 *
 * @returns 0–1; undefined when either has no rows
 * Source: Levin, Peres, Markov Chains and Mixing Times (2017), proposition 4.2: ½ Σ|p − q|.
 * @example totalVariation([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]) // 0.06818181818181819
 */
export function totalVariation(a: Counts, b: Counts): number | undefined {
  const shares = sharesOf(a, b);
  if (shares === undefined) return undefined;
  return shares.p.reduce((sum, p, i) => sum + Math.abs(p - (shares.q[i] as number)), 0) / 2;
}
