import type { ColumnDrift } from './column-drift.ts';
import type { PresetReport } from './preset-report.ts';
import type { DriftScore } from './score-profiles.ts';
import type { DriftCheck } from './verdict.ts';

/** All that is known of a window's drift, as an artifact: every column with all that was asked of it and all statistics. */
export type DriftReport = Pick<
  DriftScore,
  'columns' | 'segments' | 'joint' | 'preset' | 'evidence' | 'recent' | 'explanation' | 'verdict' | 'alone'
>;

/** An item holds 400 KB and a page of a hundred of them 6 MB: half a KB a column, and a little more for those that moved. */
const KEPT_COLUMNS = 250;
const EXPLAINED_COLUMNS = 5;
const KEPT_CELLS = 5;
/** What a person reads of a number. */
const DIGITS = 6;

/**
 * The columns that a window's item keeps: those that matter most, without what else was computed of them; of those that moved
 * what moved, and of the first of them where.
 */
export function columnsToKeep(columns: readonly ColumnDrift[]): readonly ColumnDrift[] {
  return columns.slice(0, KEPT_COLUMNS).map((column, i) => shorter(brief(column, i < EXPLAINED_COLUMNS)));
}

/** The library's view without the columns that it finds nothing in. */
export function presetToKeep(preset: PresetReport): PresetReport {
  const drifted = preset.columns.filter(({ drifted }) => drifted);
  return shorter({ ...preset, columns: drifted.slice(0, KEPT_COLUMNS) });
}

function brief(column: ColumnDrift, explained: boolean): ColumnDrift {
  const { contributions = [], bySource, evidence, ...rest } = column;
  const where = explained && moved(column);
  return {
    ...rest,
    statistics: {},
    checks: column.checks.filter(moved),
    ...(where && contributions.length > 0 && { contributions: contributions.slice(0, KEPT_CELLS) }),
    ...(where && bySource && { bySource }),
    ...(evidence?.changed && { evidence }),
  };
}

function moved({ verdict }: ColumnDrift | DriftCheck): boolean {
  return verdict === 'drifted' || verdict === 'watch';
}

/** The same with its numbers as short as people read them. */
function shorter<T>(value: T): T {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'number' && !Number.isInteger(part) ? Number(part.toPrecision(DIGITS)) : part,
  );
  return JSON.parse(text) as T;
}
