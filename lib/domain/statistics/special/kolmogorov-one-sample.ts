import { binomialTerm } from './binomial-term.ts';
import { marsagliaTsangWang } from './marsaglia-tsang-wang.ts';
import { pelzGood } from './pelz-good.ts';

/** Up to it the matrix power is exact and cheap; beyond, Pelz and Good's expansion has ten digits where it is used. */
const SMALL_SAMPLE = 140;

/** n·D² from which both sides are not crossed at once: twice the one-sided chance is exact to 1e-13 or better. */
const ONE_SIDED_FROM = { small: 4, large: 2.2 };

/** n·D² from which the chance is below the smallest double. */
const NEVER_FROM = 370;

/** Values beyond which the exact one-sided sum takes longer than it is worth: the expansion is then within 1e-9. */
const MOST_TERMS = 250_000;

/**
 * Chance that the largest gap between the distribution function of n values and the true one is above d.
 *
 * @param d 0–1 @param n whole, 1 or more
 * @returns 0–1, absolute error below 1e-9, and 1e-12 up to 250,000 values
 * Source: Simard, L'Ecuyer, Computing the Two-Sided Kolmogorov-Smirnov Distribution, J. Stat. Software 39(11) (2011), whose
 * division of the plane this is; scipy `stats.kstwo.sf`, which `ks_2samp` uses with n = nm/(n + m) for large samples.
 * @example ksOneSampleSf(0.625, 4) // 0.04931640625
 */
export function ksOneSampleSf(d: number, n: number): number {
  if (d >= 1 || n * d * d >= NEVER_FROM) return 0;
  if (n * d <= 0.5) return 1;
  const small = n <= SMALL_SAMPLE;
  const oneSided = d >= 0.5 || n * d * d >= (small ? ONE_SIDED_FROM.small : ONE_SIDED_FROM.large);
  if (oneSided && n <= MOST_TERMS) return Math.min(1, 2 * smirnovSf(d, n));
  const useMatrix = small || (n <= 100_000 && n * d ** 1.5 <= 1.4);
  return Math.min(1, Math.max(0, 1 - (useMatrix ? marsagliaTsangWang(d, n) : pelzGood(d, n))));
}

/** Chance that the distribution function of n values is anywhere above the true one by d or more (Smirnov, 1944). */
export function smirnovSf(d: number, n: number): number {
  const last = Math.floor(n * (1 - d));
  let sum = 0;
  for (let j = 0; j <= last; j++) {
    const x = d + j / n;
    sum += binomialTerm(j, n - j, x, Math.max(0, 1 - x)) / x;
  }
  return Math.min(1, d * sum);
}
