import { emptyCell, type GroupCell } from '../../../lib/domain/fairness/group-counts.ts';

/** A cell of labelled rows: true positives, false positives, false negatives, true negatives. */
export function aCell(
  group: string,
  within: string,
  [truePositives, falsePositives, falseNegatives, trueNegatives]: readonly [number, number, number, number],
): GroupCell {
  const counts: [string, number][] = [
    ['0', falsePositives + trueNegatives],
    ['1', truePositives + falseNegatives],
  ];
  const labels = counts.filter(([, rows]) => rows > 0);
  return {
    ...emptyCell(group, within),
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives,
    labels,
  };
}
