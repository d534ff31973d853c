/** From here the asymptotic series has all the digits of a double. */
const STIRLING_FROM = 16;

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Natural logarithm of the gamma function.
 *
 * @param x above 0
 * @returns absolute error about 1e-14 below 16, relative 1e-15 above; NaN for x ≤ 0
 * Source: Abramowitz, Stegun (1964) 6.1.15 (recurrence) and 6.1.41 (series).
 * @example logGamma(0.5) // 0.5723649429247001, half of ln π
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let product = 1;
  let shifted = x;
  while (shifted < STIRLING_FROM) product *= shifted++;
  const series = (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingSeries(shifted);
  return series - Math.log(product);
}

/**
 * What Stirling's formula leaves out of ln x!: ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π.
 *
 * @param x above 0
 * @returns 1/(12x) and less
 * Source: Loader, Fast and Accurate Computation of Binomial Probabilities (2000).
 * @example stirlingError(10) // 0.00833056343336287
 */
export function stirlingError(x: number): number {
  if (x >= STIRLING_FROM) return stirlingSeries(x);
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI;
}

/**
 * x ln(x/mean) + mean − x without the cancellation near x = mean.
 *
 * @param x 0 or more @param mean above 0
 * Source: Loader (2000), the deviance part of a Poisson or binomial probability.
 * @example deviance(10, 10) // 0
 */
export function deviance(x: number, mean: number): number {
  if (x === 0) return mean;
  const gap = x - mean;
  if (Math.abs(gap) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - gap;
  const v = gap / (x + mean);
  let sum = gap * v;
  let term = 2 * x * v;
  for (let j = 1; ; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) return next;
    sum = next;
  }
}

function stirlingSeries(x: number): number {
  const y = 1 / (x * x);
  return (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - (y * 691) / 360360))))) / x;
}
