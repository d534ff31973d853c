import { findRoot } from './find-root.ts';
import { betaI } from './incomplete-beta.ts';

/**
 * Chance that a Student t value with df degrees of freedom is above t.
 *
 * @param df above 0
 * Source: Abramowitz, Stegun 26.7.1; scipy `stats.t.sf`.
 * @example studentTSf(2, 10) // 0.036694017385370196
 */
export function studentTSf(t: number, df: number): number {
  const tail = betaI(df / 2, 0.5, df / (df + t * t)) / 2;
  return t >= 0 ? tail : 1 - tail;
}

/**
 * The value that a Student t with df degrees of freedom stays at or below with chance p.
 *
 * @param p above 0, below 1
 * Source: scipy `stats.t.ppf`.
 * @example studentTQuantile(0.975, 10) // 2.2281388519649385
 */
export function studentTQuantile(p: number, df: number): number {
  if (p < 0.5) return -studentTQuantile(1 - p, df);
  let high = 1;
  while (studentTSf(high, df) > 1 - p) high *= 2;
  return findRoot((t) => 1 - p - studentTSf(t, df), 0, high);
}
