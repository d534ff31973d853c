/**
 * Mean absolute error, in the label's unit; lower is better.
 *
 * @returns undefined without rows or for a number that is not finite
 * @example mae([3, -0.5, 2, 7], [2.5, 0, 2, 8]) // 0.5
 */
export function mae(labels: readonly number[], predicted: readonly number[]): number | undefined {
  const sum = labels.reduce((total, label, i) => total + Math.abs(label - (predicted[i] as number)), 0);
  return Number.isFinite(sum) && labels.length > 0 ? sum / labels.length : undefined;
}
