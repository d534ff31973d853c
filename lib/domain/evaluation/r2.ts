/**
 * Coefficient of determination: the share of the labels' variance that the predictions explain; 1 is perfect, 0 is as good as
 * their mean, less is worse.
 *
 * @returns undefined for fewer than two rows, for labels that are all equal, and for a number that is not finite
 * @example r2([3, -0.5, 2, 7], [2.5, 0, 2, 8]) // 0.9486081370449679
 */
export function r2(labels: readonly number[], predicted: readonly number[]): number | undefined {
  if (labels.length < 2) return undefined;
  const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const around = (centre: (i: number) => number) =>
    labels.reduce((sum, label, i) => sum + (label - centre(i)) ** 2, 0);
  const total = around(() => mean);
  const value = 1 - around((i) => predicted[i] as number) / total;
  return total > 0 && Number.isFinite(value) ? value : undefined;
}
