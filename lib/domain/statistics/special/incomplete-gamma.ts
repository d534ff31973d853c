import { deviance, stirlingError } from './log-gamma.ts';

const EPSILON = 1e-16;
/** Lentz's stand-in for a zero denominator. */
const TINY = 1e-300;
/** Both expansions need a few times the root of `a`; this covers a = 10¹⁰ and ends what cannot converge. */
const MOST_TERMS = 1_000_000;

/**
 * Regularised lower incomplete gamma function P(a, x): the chance that a gamma variable of shape a is at most x.
 *
 * @param a above 0 @param x 0 or more
 * @returns 0–1; NaN outside the domain
 * Source: Abramowitz, Stegun 6.5.29 (series); scipy `special.gammainc`.
 * @example gammaP(0.5, 0.5) // 0.6826894921370859, within one σ of a normal
 */
export function gammaP(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 0;
  return x < a + 1 ? series(a, x) : 1 - continuedFraction(a, x);
}

/**
 * Its complement Q(a, x) = 1 − P(a, x), with full relative precision far in the tail.
 *
 * @param a above 0 @param x 0 or more
 * @returns 0–1; NaN outside the domain
 * Source: Abramowitz, Stegun 6.5.31 (continued fraction, evaluated by Lentz's method); scipy `special.gammaincc`.
 * @example gammaQ(500, 1000) // 4.143678591453918e-69
 */
export function gammaQ(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - series(a, x) : continuedFraction(a, x);
}

/** x^a e^(−x) / Γ(a + 1), in Loader's form, which keeps its digits for large a. */
function density(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < MOST_TERMS && term > sum * EPSILON; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return density(a, x) * sum;
}

function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let k = 1; k < MOST_TERMS; k++) {
    const an = -k * (k - a);
    b += 2;
    d = 1 / notZero(an * d + b);
    c = notZero(b + an / c);
    const step = c * d;
    h *= step;
    if (Math.abs(step - 1) < EPSILON) break;
  }
  return density(a, x) * a * h;
}

function notZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
