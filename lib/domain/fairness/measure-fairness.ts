import type { FairnessGroup, FairnessSpec } from '../spec/fairness.ts';
import { compareGroup } from './compare-group.ts';
import { type GroupedRow, groupCounter } from './count-groups.ts';
import type { BiasVerdict, FairnessReport } from './fairness-report.ts';
import type { GroupCounts } from './group-counts.ts';
import { rows as rowsOf, sidesOf } from './sides.ts';

/** Most comparisons of a report; a reader has no use for more, and the largest groups come first. */
const MAX_COMPARISONS = 24;

/** One answer with the groups its row belongs to. */
export interface AnsweredRow {
  readonly predicted: string;
  readonly label?: string;
  /** Values, as text, of `fairnessColumns`, in their order. */
  readonly groups: readonly (string | null)[];
}

/**
 * The input columns that group counts need, each once.
 *
 * @example fairnessColumns({ groups: [{ column: 'sex', within: 'branch' }], minRows: 50 }) // ['sex', 'branch']
 */
export function fairnessColumns(spec: FairnessSpec | undefined): readonly string[] {
  const named = spec?.groups.flatMap(({ column, within }) => [column, ...(within ? [within] : [])]) ?? [];
  return [...new Set(named)];
}

/**
 * How alike a model and its data treat the declared groups.
 *
 * @param rows all answers, labelled or not: measures of answers alone do not wait for labels
 * @param favourable labels that are good for whom they are given to
 * @example measureFairness(rows, spec, ['1']).verdict // 'outside'
 */
export function measureFairness(
  rows: readonly AnsweredRow[],
  spec: FairnessSpec,
  favourable: readonly string[],
): FairnessReport {
  const counter = fairnessCounter(spec, favourable);
  for (const row of rows) counter.add(row);
  return counter.report();
}

export interface FairnessCounter {
  add(row: AnsweredRow): void;
  report(): FairnessReport;
}

/** As `measureFairness`, one row after the other. */
export function fairnessCounter(spec: FairnessSpec, favourable: readonly string[]): FairnessCounter {
  const columns = fairnessColumns(spec);
  const counted = spec.groups.map((group) => ({
    grouped: groupedBy(group, columns),
    counter: groupCounter(group, favourable),
  }));
  return {
    add(row) {
      for (const { grouped, counter } of counted) counter.add(grouped(row));
    },
    report: () =>
      reportOf(
        counted.map(({ counter }) => counter.counts()),
        spec,
        favourable,
      ),
  };
}

/** The same from counts alone, such as those of several windows added up. */
export function reportOf(
  counts: readonly GroupCounts[],
  spec: FairnessSpec,
  favourable: readonly string[],
): FairnessReport {
  const each = Math.floor(MAX_COMPARISONS / counts.length);
  const groups = counts.map((of, i) => groupsToCompare(of, spec.groups[i]));
  const comparisons = counts.flatMap((of, i) =>
    (groups[i] ?? []).slice(0, each).map((group) => compareGroup(of, group, spec.minRows)),
  );
  const left = groups.flat().length - comparisons.length;
  return {
    favourable: [...favourable],
    minRows: spec.minRows,
    verdict: worst(comparisons.flatMap(({ findings }) => findings.flatMap((f) => f.verdict ?? []))),
    comparisons,
    counts: [...counts],
    ...(left > 0 && { note: `${left} smaller groups are in the counts and not compared` }),
  };
}

/** Declared groups, else all with rows, the largest first; of two groups one says all about both. */
function groupsToCompare(counts: GroupCounts, spec: FairnessGroup | undefined): readonly string[] {
  if (spec?.above !== undefined) return ['above'];
  if (spec?.values !== undefined) return spec.values;
  const size = new Map<string, number>();
  for (const cell of counts.cells) size.set(cell.group, (size.get(cell.group) ?? 0) + rowsOf(cell));
  const groups = [...size].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([group]) => group);
  return groups.length === 2
    ? groups.slice(1)
    : groups.filter((group) => rowsOf(sidesOf(counts, group).a) > 0);
}

function groupedBy({ column, within }: FairnessGroup, columns: readonly string[]) {
  const [at, inside] = [columns.indexOf(column), within === undefined ? -1 : columns.indexOf(within)];
  return ({ predicted, label, groups }: AnsweredRow): GroupedRow => ({
    group: groups[at] ?? null,
    within: inside < 0 ? null : (groups[inside] ?? null),
    predicted,
    ...(label !== undefined && { label }),
  });
}

const FROM_WORST: readonly BiasVerdict[] = ['outside', 'watch', 'within'];

function worst(verdicts: readonly BiasVerdict[]): BiasVerdict {
  return FROM_WORST.find((verdict) => verdicts.includes(verdict)) ?? 'too-few-to-judge';
}
