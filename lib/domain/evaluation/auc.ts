/**
 * Area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half.
 *
 * @param positives whether each row is positive
 * @param scores the score of each, higher is more positive
 * @returns 0–1; undefined when one of the two is missing or a score is not finite
 * Source: Hanley, McNeil, The Meaning and Use of the Area under a ROC Curve (1982), by mid-ranks. O(n log n).
 * @example auc([false, false, true, true], [0.1, 0.4, 0.35, 0.8]) // 0.75
 */
export function auc(positives: readonly boolean[], scores: readonly number[]): number | undefined {
  if (!scores.every(Number.isFinite)) return undefined;
  const order = scores.map((_, i) => i).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let rankSum = 0;
  let positiveCount = 0;
  for (let i = 0; i < order.length; ) {
    let tied = i;
    let positivesTied = 0;
    while (tied < order.length && scores[order[tied] as number] === scores[order[i] as number]) {
      if (positives[order[tied] as number]) positivesTied++;
      tied++;
    }
    // Ranks i+1 … tied share their mean.
    rankSum += positivesTied * ((i + 1 + tied) / 2);
    positiveCount += positivesTied;
    i = tied;
  }
  const negativeCount = order.length - positiveCount;
  if (positiveCount === 0 || negativeCount === 0) return undefined;
  return (rankSum - (positiveCount * (positiveCount + 1)) / 2) / (positiveCount * negativeCount);
}
