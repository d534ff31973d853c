import type { FairnessGroup } from '../spec/fairness.ts';
import { type CellCount, emptyCell, type GroupCell, type GroupCounts } from './group-counts.ts';

/** One row of a group's column: who, what was answered, and what came of it if that is known. */
export interface GroupedRow {
  /** Values as text; null is unknown. */
  readonly group: string | null;
  readonly within: string | null;
  readonly predicted: string;
  readonly label?: string;
}

/** Values kept of one column (with `within`: pairs); a column with more is an id and tells no groups apart. */
const MAX_CELLS = 100;

/**
 * Counts the rows of each group by answer and label.
 *
 * @param favourable labels that are good for whom they are given to
 * @returns counts that add up with those of other rows; beyond 100 different cells a row counts as unknown
 * @example countGroups([{ group: 'f', within: null, predicted: '1', label: '1' }], { column: 'sex' }, ['1']).cells[0]?.truePositives // 1
 */
export function countGroups(
  rows: readonly GroupedRow[],
  group: FairnessGroup,
  favourable: readonly string[],
): GroupCounts {
  const counter = groupCounter(group, favourable);
  for (const row of rows) counter.add(row);
  return counter.counts();
}

export interface GroupCounter {
  add(row: GroupedRow): void;
  counts(): GroupCounts;
}

/** As `countGroups`, one row after the other: memory goes with the groups. */
export function groupCounter({ column, above }: FairnessGroup, favourable: readonly string[]): GroupCounter {
  const good = new Set(favourable);
  const cells = new Map<string, { cell: GroupCell; labels: Map<string, number> }>();
  let unknown = 0;
  return {
    add(row) {
      const group = groupOf(row.group, above);
      const within = row.within ?? '';
      const key = JSON.stringify([group, within]);
      if (group === undefined || (!cells.has(key) && cells.size >= MAX_CELLS)) {
        unknown++;
        return;
      }
      const found = cells.get(key) ?? { cell: emptyCell(group, within), labels: new Map<string, number>() };
      cells.set(key, found);
      const called = good.has(row.predicted);
      found.cell[cellOf(called, row.label === undefined ? undefined : good.has(row.label))]++;
      if (row.label !== undefined) found.labels.set(row.label, (found.labels.get(row.label) ?? 0) + 1);
    },
    counts() {
      const sorted = [...cells].sort(([x], [y]) => (x < y ? -1 : 1));
      return {
        column,
        unknown,
        cells: sorted.map(([, { cell, labels }]) => ({
          ...cell,
          labels: [...labels].sort(([x], [y]) => (x < y ? -1 : 1)),
        })),
      };
    },
  };
}

function groupOf(value: string | null, above: number | undefined): string | undefined {
  if (value === null) return undefined;
  if (above === undefined) return value;
  return Number.isFinite(Number(value)) ? (Number(value) > above ? 'above' : 'rest') : undefined;
}

function cellOf(called: boolean, is: boolean | undefined): CellCount {
  if (is === undefined) return called ? 'unlabelledPositives' : 'unlabelledNegatives';
  if (called) return is ? 'truePositives' : 'falsePositives';
  return is ? 'falseNegatives' : 'trueNegatives';
}
