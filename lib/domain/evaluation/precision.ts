import type { Confusion } from './confusion.ts';

/** Share (0–1) of rows called positive that are; undefined when none was called so. */
export function precision({ truePositives, falsePositives }: Confusion): number | undefined {
  const called = truePositives + falsePositives;
  return called === 0 ? undefined : truePositives / called;
}
