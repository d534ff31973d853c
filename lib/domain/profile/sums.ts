/** Cell by cell. Throws when they have not the same cells. */
export function addCounts(a: readonly number[], b: readonly number[]): number[] {
  if (a.length !== b.length)
    throw new Error(`columns to merge have the same bins, got ${a.length} and ${b.length}`);
  return a.map((value, i) => value + (b[i] as number));
}

/** Field by field. */
export function addFields<T extends Readonly<Record<string, number>>>(a: T, b: T): T {
  return Object.fromEntries(
    Object.entries(a).map(([name, value]) => [name, value + (b[name] as number)]),
  ) as T;
}

/** The smaller or larger of two of which null is none. */
export function extreme(
  pick: (...values: number[]) => number,
  a: number | null,
  b: number | null,
): number | null {
  if (a === null) return b;
  return b === null ? a : pick(a, b);
}
