/** A certain and wrong prediction costs this much probability, not infinity; scikit-learn's choice: the epsilon of a double. */
const EPSILON = Number.EPSILON;

/**
 * Mean negative natural logarithm of the probability given to what was true; lower is better, 0 is perfect.
 *
 * @param probabilities (0–1) that each row's prediction gave to its true class
 * @returns undefined without rows or when one gave no probability
 * Source: scikit-learn `log_loss`.
 * @example logLoss([0.9, 0.9, 0.8, 0.65]) // 0.21616187468057912
 */
export function logLoss(probabilities: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const p of probabilities) {
    if (p === undefined || !Number.isFinite(p)) return undefined;
    sum += trueClassLoss(p);
  }
  return probabilities.length === 0 ? undefined : sum / probabilities.length;
}

/** What one row costs whose true class got this probability (0–1). */
export function trueClassLoss(probability: number): number {
  return -Math.log(Math.min(Math.max(probability, EPSILON), 1 - EPSILON));
}
