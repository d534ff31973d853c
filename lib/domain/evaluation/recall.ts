import type { Confusion } from './confusion.ts';

/** Share (0–1) of positive rows that were called so; undefined when there is none. */
export function recall({ truePositives, falseNegatives }: Confusion): number | undefined {
  const positives = truePositives + falseNegatives;
  return positives === 0 ? undefined : truePositives / positives;
}
