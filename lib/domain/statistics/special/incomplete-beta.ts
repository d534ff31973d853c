import { binomialTerm } from './binomial-term.ts';
import { findRoot } from './find-root.ts';
import { logGamma } from './log-gamma.ts';

const EPSILON = 1e-16;
const TINY = 1e-300;
/** The fraction needs a few times the root of the larger shape; this ends what cannot converge. */
const MOST_TERMS = 100_000;

/**
 * Natural logarithm of the beta function B(a, b).
 *
 * @param a above 0 @param b above 0
 * @example logBeta(2, 3) // -2.484906649788, which is −ln 12
 */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/**
 * Regularised incomplete beta function I_x(a, b): the chance that a beta variable is at most x.
 *
 * @param a above 0 @param b above 0 @param x 0–1
 * @returns 0–1; NaN outside the domain
 * Source: Abramowitz, Stegun 26.5.8 (continued fraction, Lentz's method); scipy `special.betainc`.
 * @example betaI(2, 3, 0.4) // 0.5248
 */
export function betaI(a: number, b: number, x: number): number {
  if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) return Number.NaN;
  if (x === 0 || x === 1) return x;
  // The fraction converges fast on the near side of the mean only.
  return x < (a + 1) / (a + b + 2) ? nearSide(a, b, x, 1 - x) : 1 - nearSide(b, a, 1 - x, x);
}

/**
 * The x at which I_x(a, b) is p.
 *
 * @param p 0–1
 * @returns 0–1
 * Source: scipy `special.betaincinv`.
 * @example betaQuantile(0.975, 3, 8) // 0.5560954623076414
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  return findRoot((x) => betaI(a, b, x) - p, 0, 1);
}

function nearSide(a: number, b: number, x: number, rest: number): number {
  return ((binomialTerm(a, b, x, rest) * b) / (a + b)) * fraction(a, b, x);
}

function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let step = 1;
    for (const numerator of [even, odd]) {
      d = 1 / notZero(1 + numerator * d);
      c = notZero(1 + numerator / c);
      step = c * d;
      h *= step;
    }
    if (Math.abs(step - 1) < EPSILON) break;
  }
  return h;
}

function notZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
