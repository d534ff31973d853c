/** Below it the theta series converges faster, above it the alternating one; both need five terms here. */
const SWITCH_AT = 1;
const TERMS = 8;

/**
 * Chance that Kolmogorov's limit variable is above t: the p-value of √(nm/(n + m))·D of two large samples.
 *
 * @param t 0 or more
 * @returns 0–1
 * Source: Kolmogorov (1933); Marsaglia, Tsang, Wang, J. Stat. Software 8(18) (2003); scipy `special.kolmogorov`.
 * @example kolmogorovSf(1.36) // 0.049485876755377876
 */
export function kolmogorovSf(t: number): number {
  if (t <= 0) return 1;
  let sum = 0;
  if (t < SWITCH_AT) {
    for (let k = 0; k < TERMS; k++) sum += Math.exp((-((2 * k + 1) ** 2) * Math.PI ** 2) / (8 * t * t));
    return 1 - (Math.sqrt(2 * Math.PI) / t) * sum;
  }
  for (let k = 1; k <= TERMS; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * t * t);
  return sum;
}
