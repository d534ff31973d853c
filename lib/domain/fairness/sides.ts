import { addCells, emptyCell, type GroupCell } from './group-counts.ts';

/** Two sides of a comparison: d, the group that may be at a disadvantage, and a, all others. */
export interface Sides {
  readonly d: GroupCell;
  readonly a: GroupCell;
  /** The same within each value of a second column; one stratum without one. */
  readonly strata: readonly { readonly d: GroupCell; readonly a: GroupCell }[];
}

/**
 * One group against all others.
 *
 * @example sidesOf(counts, 'f').d.truePositives // of the rows whose group is f
 */
export function sidesOf({ cells }: { readonly cells: readonly GroupCell[] }, group: string): Sides {
  const sum = (some: readonly GroupCell[]) => some.reduce(addCells, emptyCell('', ''));
  const split = (some: readonly GroupCell[]) => ({
    d: sum(some.filter((cell) => cell.group === group)),
    a: sum(some.filter((cell) => cell.group !== group)),
  });
  const within = [...new Set(cells.map((cell) => cell.within))].sort();
  return { ...split(cells), strata: within.map((value) => split(cells.filter((c) => c.within === value))) };
}

export const labelled = (c: GroupCell) =>
  c.truePositives + c.falsePositives + c.falseNegatives + c.trueNegatives;
export const positives = (c: GroupCell) => c.truePositives + c.falseNegatives;
export const negatives = (c: GroupCell) => c.falsePositives + c.trueNegatives;
/** Labelled rows that were called positive, or negative. */
export const labelledCalled = (c: GroupCell) => c.truePositives + c.falsePositives;
export const labelledRest = (c: GroupCell) => c.falseNegatives + c.trueNegatives;
/** All rows, and those of them that were called positive, labelled or not. */
export const rows = (c: GroupCell) => labelled(c) + c.unlabelledPositives + c.unlabelledNegatives;
export const called = (c: GroupCell) => labelledCalled(c) + c.unlabelledPositives;
