import { deviance, stirlingError } from './log-gamma.ts';

/**
 * Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) · x^a (1 − x)^b: the binomial probability of a successes and b failures, for any real a and b.
 *
 * @param a 0 or more @param b 0 or more @param x 0–1 @param rest 1 − x, given apart since its digits may be better
 * @returns relative error about 1e-14 whatever the sizes
 * Source: Loader, Fast and Accurate Computation of Binomial Probabilities (2000).
 * @example binomialTerm(2, 2, 0.5, 0.5) // 0.375
 */
export function binomialTerm(a: number, b: number, x: number, rest: number): number {
  const n = a + b;
  if (a === 0) return b === 0 ? 1 : rest === 0 ? 0 : Math.exp(b * Math.log1p(-x));
  if (b === 0) return x === 0 ? 0 : Math.exp(a * Math.log1p(-rest));
  if (x === 0 || rest === 0) return 0;
  const correction = stirlingError(n) - stirlingError(a) - stirlingError(b);
  const exponent = correction - deviance(a, n * x) - deviance(b, n * rest);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * a * b));
}
