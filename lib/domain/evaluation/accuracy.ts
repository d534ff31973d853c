/** Share (0–1) of rows whose predicted class is theirs, compared as text; undefined without rows. */
export function accuracy(labels: readonly string[], predicted: readonly string[]): number | undefined {
  if (labels.length === 0) return undefined;
  return labels.filter((label, i) => label === predicted[i]).length / labels.length;
}
