/** Counts of a binary task. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** @param actual whether each row is positive @param predicted whether it was called so */
export function confusion(actual: readonly boolean[], predicted: readonly boolean[]): Confusion {
  const count = (is: boolean, called: boolean) =>
    actual.reduce((sum, a, i) => sum + Number(a === is && predicted[i] === called), 0);
  return {
    truePositives: count(true, true),
    falsePositives: count(false, true),
    falseNegatives: count(true, false),
    trueNegatives: count(false, false),
  };
}
