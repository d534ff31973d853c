import { midRanks } from '../statistics/mid-ranks.ts';

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
  const ranks = midRanks(scores);
  const positiveCount = positives.reduce((count, positive) => count + Number(positive), 0);
  const negativeCount = positives.length - positiveCount;
  if (positiveCount === 0 || negativeCount === 0) return undefined;
  const rankSum = positives.reduce((sum, positive, i) => sum + (positive ? (ranks[i] as number) : 0), 0);
  return (rankSum - (positiveCount * (positiveCount + 1)) / 2) / (positiveCount * negativeCount);
}
