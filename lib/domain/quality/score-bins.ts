import { binOf } from '../profile/edges.ts';
import type { ScoreBins } from './estimate-quality.ts';

/** Counts and sums of scores in the bins of a version; a score that is no finite number is left out. */
export function scoreBins(scores: readonly number[], edges: readonly number[]): ScoreBins {
  const counts = new Array<number>(edges.length + 1).fill(0);
  const sums = new Array<number>(edges.length + 1).fill(0);
  const usable = scores.filter(Number.isFinite);
  for (const score of usable) {
    const bin = binOf(score, edges);
    counts[bin] = (counts[bin] as number) + 1;
    sums[bin] = (sums[bin] as number) + score;
  }
  return { n: usable.length, bins: { counts, sums } };
}
