import { type Interval, Z_95 } from '../quality/interval.ts';
import { midRanks } from '../statistics/mid-ranks.ts';
import { wilson } from '../statistics/proportion-interval.ts';

/**
 * Variance of the area under the ROC curve of these rows, from how far each row's share of the other class that it beats lies
 * from the mean.
 *
 * @returns undefined with fewer than two rows of either class, or a score that is no finite number
 * Source: DeLong, DeLong, Clarke-Pearson, Comparing the Areas under Two or More Correlated ROC Curves (1988), by the mid-ranks of
 * Sun, Xu (2014). O(n log n).
 * @example delongVariance([false, false, true, true], [0.1, 0.4, 0.35, 0.8]) // 0.125
 */
export function delongVariance(positives: readonly boolean[], scores: readonly number[]): number | undefined {
  if (!scores.every(Number.isFinite)) return undefined;
  const ranks = midRanks(scores);
  const wins = (is: boolean) => {
    const own = positives.flatMap((positive, i) => (positive === is ? [i] : []));
    const among = midRanks(own.map((i) => scores[i] as number));
    return own.map((i, k) => (ranks[i] as number) - (among[k] as number));
  };
  const [above, below] = [wins(true), wins(false)];
  if (above.length < 2 || below.length < 2) return undefined;
  const spread = (placements: readonly number[], others: number) =>
    variance(placements.map((w) => w / others));
  return spread(above, below.length) / above.length + spread(below, above.length) / below.length;
}

/**
 * Where the area under the ROC curve lies, 95 times of 100: normal in its log-odds, so that it never leaves 0–1. Classes that
 * are told apart without a single mistake are bounded by the fewer of the two.
 */
export function aucInterval(
  area: number | undefined,
  positives: readonly boolean[],
  scores: readonly number[],
): Interval | undefined {
  const found = delongVariance(positives, scores);
  if (area === undefined || found === undefined) return undefined;
  if (area === 0 || area === 1) return perfect(area, positives);
  const centre = Math.log(area / (1 - area));
  const margin = (Z_95 * Math.sqrt(found)) / (area * (1 - area));
  const back = (odds: number) => 1 / (1 + Math.exp(-odds));
  return { estimate: area, lower: back(centre - margin), upper: back(centre + margin) };
}

function perfect(area: number, positives: readonly boolean[]): Interval | undefined {
  const count = positives.filter(Boolean).length;
  const fewer = Math.min(count, positives.length - count);
  return wilson(area * fewer, fewer);
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
