import { binOf } from '../profile/edges.ts';
import type { ScoreBins } from './estimated-quality.ts';

export interface ScoreBinCounter {
  add(score: number): void;
  bins(): ScoreBins;
}

/** Counts scores into the bins of a version one by one; a score that is no finite number is left out. */
export function scoreBinCounter(edges: readonly number[]): ScoreBinCounter {
  const counts = new Array<number>(edges.length + 1).fill(0);
  const sums = new Array<number>(edges.length + 1).fill(0);
  let n = 0;
  return {
    add(score) {
      if (!Number.isFinite(score)) return;
      const bin = binOf(score, edges);
      counts[bin] = (counts[bin] as number) + 1;
      sums[bin] = (sums[bin] as number) + score;
      n++;
    },
    bins: () => ({ n, bins: { counts: [...counts], sums: [...sums] } }),
  };
}

/** Counts and sums of scores in the bins of a version; a score that is no finite number is left out. */
export function scoreBins(scores: readonly number[], edges: readonly number[]): ScoreBins {
  const counter = scoreBinCounter(edges);
  for (const score of scores) counter.add(score);
  return counter.bins();
}
