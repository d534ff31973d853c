import type { PresetReport } from './preset-report.ts';
import type { DriftScore } from './score-profiles.ts';
import type { ColumnDrift } from './verdict.ts';

/** All that is known of a window's drift, as an artifact: an item of the registry cannot hold the columns of every model. */
export type DriftReport = Pick<
  DriftScore,
  'columns' | 'segments' | 'preset' | 'evidence' | 'recent' | 'explanation' | 'verdict' | 'alone'
>;

/** An item holds 400 KB, and a column with all its answers takes about 4. */
const DETAILED_COLUMNS = 40;
/** Without them about 1. */
const KEPT_COLUMNS = 150;

/** The library's view without the columns that it finds nothing in. */
export function presetToKeep(preset: PresetReport): PresetReport {
  return { ...preset, columns: preset.columns.filter(({ drifted }) => drifted).slice(0, KEPT_COLUMNS) };
}

/** The columns that a window's item keeps: those that matter most, the first of them with all their details. */
export function columnsToKeep(columns: readonly ColumnDrift[]): readonly ColumnDrift[] {
  return columns.slice(0, KEPT_COLUMNS).map((column, i) => (i < DETAILED_COLUMNS ? column : brief(column)));
}

function brief(column: ColumnDrift): ColumnDrift {
  const { contributions: _, bySource: __, ...rest } = column;
  return {
    ...rest,
    statistics: {},
    checks: column.checks.filter(({ verdict }) => verdict === 'drifted' || verdict === 'watch'),
  };
}
