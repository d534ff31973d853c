import type { ColumnDrift } from './column-drift.ts';
import type { DriftVerdict } from './verdict.ts';

/** What a window alone says, and what is made of it among its neighbours. */
export interface WindowRule {
  /** Share (0–1) of judged columns that must drift. */
  readonly minShareOfColumns: number;
  /** Share (0–1) of the window's rows that must have been counted. */
  readonly minCoverage: number;
  /** Of the last `of` windows, this one included, `drifted` must be so alone. */
  readonly windows: { readonly drifted: number; readonly of: number };
}

/** The verdict of a former window by itself. */
export interface RecentVerdict {
  readonly start: string;
  readonly verdict: DriftVerdict;
}

/**
 * The verdict of a window by itself: `insufficient-data` when too little of it was counted or nothing could be judged, `drifted`
 * when the asked share of the judged columns is, `watch` when any column is more than stable, and else `stable`, unless most
 * columns could not be judged.
 */
export function verdictAlone(
  columns: readonly ColumnDrift[],
  coverage: number,
  { minShareOfColumns, minCoverage }: WindowRule,
): DriftVerdict {
  const judged = columns.filter((column) => column.verdict !== 'insufficient-data');
  if (judged.length === 0 || coverage < minCoverage) return 'insufficient-data';
  const share = shareDrifted(columns);
  if (share > 0 && share >= minShareOfColumns) return 'drifted';
  if (judged.some((column) => column.verdict !== 'stable')) return 'watch';
  return judged.length * 2 < columns.length ? 'insufficient-data' : 'stable';
}

/** Share (0–1) of judged columns that drifted; 0 when none could be judged. */
export function shareDrifted(columns: readonly ColumnDrift[]): number {
  const judged = columns.filter((column) => column.verdict !== 'insufficient-data');
  const drifted = judged.filter((column) => column.verdict === 'drifted');
  return judged.length === 0 ? 0 : drifted.length / judged.length;
}

/**
 * What becomes of it: a window that drifted alone is only watched until k of the last n have.
 *
 * @param recent former windows of the version, any order; those beyond the last n − 1 are not looked at
 */
export function verdictAmong(
  alone: DriftVerdict,
  recent: readonly RecentVerdict[],
  { windows }: WindowRule,
): DriftVerdict {
  if (alone !== 'drifted') return alone;
  const drifted = lastOf(recent, windows.of - 1).filter(({ verdict }) => verdict === 'drifted').length;
  return drifted + 1 >= windows.drifted ? 'drifted' : 'watch';
}

/** The newest of some windows, oldest first. */
export function lastOf(recent: readonly RecentVerdict[], count: number): readonly RecentVerdict[] {
  const inOrder = [...recent].sort((a, b) => (a.start < b.start ? -1 : 1));
  return count <= 0 ? [] : inOrder.slice(-count);
}
