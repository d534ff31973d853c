import { findRoot } from './find-root.ts';
import { gammaQ } from './incomplete-gamma.ts';

/**
 * Chance that a χ² value with df degrees of freedom is above x.
 *
 * @param x 0 or more @param df above 0
 * Source: Abramowitz, Stegun 26.4.19; scipy `stats.chi2.sf`.
 * @example chiSquareSf(10, 5) // 0.07523524614651217
 */
export function chiSquareSf(x: number, df: number): number {
  return gammaQ(df / 2, x / 2);
}

/**
 * The value that a χ² with df degrees of freedom stays at or below with chance p.
 *
 * @param p 0 to below 1
 * Source: scipy `stats.chi2.ppf`.
 * @example chiSquareQuantile(0.95, 1) // 3.841458820694124
 */
export function chiSquareQuantile(p: number, df: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  let high = df + 1;
  while (chiSquareSf(high, df) > 1 - p) high *= 2;
  return findRoot((x) => 1 - p - chiSquareSf(x, df), 0, high);
}
