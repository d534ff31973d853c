import { z } from 'zod';

const row = z.number().int().nonnegative();

export const profileSourceSchema = z.object({
  /** An object and its version, a slice of a log: whatever is counted as one piece. */
  id: z.string(),
  rows: row,
  bytes: row.optional(),
  /** The rows [from, to) of the object, where only those were counted. */
  range: z.object({ from: row, to: row }).optional(),
});

/** A piece that was counted. */
export type ProfileSource = z.infer<typeof profileSourceSchema>;

/** The sources of both, sorted. Throws when rows are in both: counting a piece twice is a bug, never a profile. */
export function mergeSources(a: readonly ProfileSource[], b: readonly ProfileSource[]): ProfileSource[] {
  const all = [...a, ...b].sort(inOrder);
  all.forEach((source, i) => {
    const before = all[i - 1];
    if (before !== undefined && overlap(before, source))
      throw new Error(`profiles to merge share no source, got ${source.id} in both`);
  });
  return all;
}

function inOrder(a: ProfileSource, b: ProfileSource): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return (a.range?.from ?? 0) - (b.range?.from ?? 0);
}

// Sorted by their start, so that it is enough to look at neighbours.
function overlap(a: ProfileSource, b: ProfileSource): boolean {
  if (a.id !== b.id) return false;
  return a.range === undefined || b.range === undefined || b.range.from < a.range.to;
}
