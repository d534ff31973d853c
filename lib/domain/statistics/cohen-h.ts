/**
 * Cohen's h: the change of a rate on a scale where equal steps are equally hard to see; 0.2 small, 0.5 medium, 0.8 large.
 *
 * @param first 0–1 @param second 0–1
 * @returns −π to π, positive for a rise
 * Source: Cohen, Statistical Power Analysis (1988), chapter 6; statsmodels `proportion_effectsize`.
 * @example cohenH(0.4, 0.5) // 0.20135792079033088
 */
export function cohenH(first: number, second: number): number {
  return 2 * Math.asin(Math.sqrt(second)) - 2 * Math.asin(Math.sqrt(first));
}
