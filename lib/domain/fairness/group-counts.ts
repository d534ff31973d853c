import { z } from 'zod';

const count = z.number().int().nonnegative();

/** How often each answer met each label in one group of rows, and the answers that no label has met yet. */
export const groupCellSchema = z.object({
  /** Value of the group's column, as text; of a numeric column `above` or `rest`. */
  group: z.string(),
  /** Value of the column within which groups are compared; empty without one. */
  within: z.string(),
  truePositives: count,
  falsePositives: count,
  falseNegatives: count,
  trueNegatives: count,
  unlabelledPositives: count,
  unlabelledNegatives: count,
  /** Labelled rows by their label, sorted: more than two where there are more classes. */
  labels: z.array(z.tuple([z.string(), count])),
});

export const groupCountsSchema = z.object({
  column: z.string(),
  /** Rows whose group is not known: in no comparison. */
  unknown: count,
  cells: z.array(groupCellSchema),
});

export type GroupCell = z.infer<typeof groupCellSchema>;
/** All that bias measures of a column need of a set of rows. Adds up: see `mergeGroupCounts`. */
export type GroupCounts = z.infer<typeof groupCountsSchema>;

export const CELL_COUNTS = [
  'truePositives',
  'falsePositives',
  'falseNegatives',
  'trueNegatives',
  'unlabelledPositives',
  'unlabelledNegatives',
] as const;
export type CellCount = (typeof CELL_COUNTS)[number];

export function emptyCell(group: string, within: string): GroupCell {
  const counts = Object.fromEntries(CELL_COUNTS.map((name) => [name, 0])) as Record<CellCount, number>;
  return { group, within, ...counts, labels: [] };
}

/**
 * The counts of both sets of rows: of shards, of windows. Commutative and associative, with `{ column, unknown: 0, cells: [] }`
 * as identity. Throws for counts of different columns.
 */
export function mergeGroupCounts(a: GroupCounts, b: GroupCounts): GroupCounts {
  if (a.column !== b.column)
    throw new Error(`group counts to merge are of one column, got ${a.column} and ${b.column}`);
  const cells = new Map<string, GroupCell>();
  for (const cell of [...a.cells, ...b.cells]) {
    const key = JSON.stringify([cell.group, cell.within]);
    cells.set(key, addCells(cells.get(key) ?? emptyCell(cell.group, cell.within), cell));
  }
  const sorted = [...cells].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, cell]) => cell);
  return { column: a.column, unknown: a.unknown + b.unknown, cells: sorted };
}

/** The counts of two cells together; group and stratum stay the first one's. */
export function addCells(a: GroupCell, b: GroupCell): GroupCell {
  const counts = Object.fromEntries(CELL_COUNTS.map((name) => [name, a[name] + b[name]]));
  const labels = new Map(a.labels);
  for (const [label, rows] of b.labels) labels.set(label, (labels.get(label) ?? 0) + rows);
  return { ...a, ...counts, labels: [...labels].sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0)) };
}
