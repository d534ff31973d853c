/**
 * Mean squared distance of the probability of the positive class from what came, 0–1; lower is better.
 *
 * @returns undefined without rows or for a score that is not finite
 * Source: Brier, Verification of Forecasts Expressed in Terms of Probability (1950); scikit-learn `brier_score_loss`.
 * @example brier([false, true, true, false], [0.1, 0.9, 0.8, 0.3]) // 0.0375
 */
export function brier(positives: readonly boolean[], scores: readonly number[]): number | undefined {
  if (positives.length === 0 || !scores.every(Number.isFinite)) return undefined;
  return (
    positives.reduce((sum, positive, i) => sum + ((scores[i] as number) - Number(positive)) ** 2, 0) /
    positives.length
  );
}
