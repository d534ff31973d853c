import type { FairnessReport } from '../fairness/fairness-report.ts';
import { addCells, emptyCell, type GroupCell, type GroupCounts } from '../fairness/group-counts.ts';
import { labelled } from '../fairness/sides.ts';
import { changeOf, type QualityChange } from './quality-change.ts';

/**
 * How accuracy changed from the holdout to a window's labelled rows, told apart by the groups of each declared column: who it got
 * worse for, and whether only other people came.
 *
 * @returns one change a column that both counted
 * @example groupChanges(version.fairness, window.fairness)[0]?.by // 'sex'
 */
export function groupChanges(
  reference: FairnessReport | undefined,
  window: FairnessReport | undefined,
): readonly QualityChange[] {
  return (window?.counts ?? []).flatMap((now, i) => {
    const before = reference?.counts[i];
    if (before?.column !== now.column) return [];
    const groups = new Set([...before.cells, ...now.cells].map((cell) => cell.group));
    const strata = [...groups].sort().map((name) => ({
      name,
      reference: sideOf(before, name),
      window: sideOf(now, name),
    }));
    return changeOf('accuracy', now.column, strata) ?? [];
  });
}

function sideOf({ cells }: GroupCounts, group: string) {
  const cell = cells.filter((c) => c.group === group).reduce<GroupCell>(addCells, emptyCell(group, ''));
  const right = cell.truePositives + cell.trueNegatives;
  return { rows: labelled(cell), sum: right, squares: right };
}
