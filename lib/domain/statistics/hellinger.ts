import { type Counts, sharesOf } from './result.ts';

/**
 * Hellinger distance of two distributions over the same cells.
 *
 * @returns 0 (equal) to 1 (nothing in common); undefined when either has no rows
 * Source: Hellinger (1909); ‖√p − √q‖₂/√2, which keeps its digits where √(1 − Σ√(pq)) loses them.
 * @example hellinger([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]) // 0.06812774370983354
 */
export function hellinger(a: Counts, b: Counts): number | undefined {
  const shares = sharesOf(a, b);
  if (shares === undefined) return undefined;
  const sum = shares.p.reduce((total, p, i) => {
    const gap = Math.sqrt(p) - Math.sqrt(shares.q[i] as number);
    return total + gap * gap;
  }, 0);
  return Math.sqrt(sum / 2);
}
