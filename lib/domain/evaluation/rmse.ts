/**
 * Root of the mean squared error, in the label's unit; lower is better.
 *
 * @returns undefined without rows or for a number that is not finite
 * @example rmse([3, -0.5, 2, 7], [2.5, 0, 2, 8]) // 0.6123724356957945
 */
export function rmse(labels: readonly number[], predicted: readonly number[]): number | undefined {
  const squares = labels.reduce((sum, label, i) => sum + (label - (predicted[i] as number)) ** 2, 0);
  return Number.isFinite(squares) && labels.length > 0 ? Math.sqrt(squares / labels.length) : undefined;
}
