import type { Confusion } from './confusion.ts';

/** Harmonic mean (0–1) of precision and recall; undefined when nothing is positive and nothing was called so. */
export function f1({ truePositives, falsePositives, falseNegatives }: Confusion): number | undefined {
  const all = 2 * truePositives + falsePositives + falseNegatives;
  return all === 0 ? undefined : (2 * truePositives) / all;
}
