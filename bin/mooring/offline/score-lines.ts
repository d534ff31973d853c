import type { ColumnDrift } from '../../../lib/domain/drift/column-drift.ts';
import { effectText } from '../../../lib/domain/drift/sentence.ts';
import { percent, short } from '../../../lib/domain/figures.ts';
import { levelOf } from '../../../lib/domain/statistics/catalogue.ts';
import { schemaLines } from '../schema-lines.ts';
import { table } from '../table.ts';
import { rowsText } from './column-row.ts';
import type { ScoreReport } from './score-files.ts';

/** A score says nothing of nulls and of the order of columns here. */
const NO_CHANGE = { added: [], removed: [], retyped: [], nullability: [], reordered: [] };

/**
 * A score as people read it: the verdict, every column, and what another tool would say.
 *
 * @param isDetailed also what else people know drift by, of each column
 */
export function scoreLines(report: ScoreReport, isDetailed = false): readonly string[] {
  const { base, current, verdict, explanation, columns, preset } = report;
  const said = new Map(preset?.columns.map((score) => [score.column, score]));
  const theirs = (column: string): readonly unknown[] => {
    if (preset === undefined) return [];
    const score = said.get(column);
    if (score?.score === undefined) return [undefined];
    return [`${score.method} ${Number(score.score.toPrecision(3))}${score.drifted ? ' drifted' : ''}`];
  };
  const headings = [
    'column',
    'effect',
    'interval',
    'verdict',
    ...(preset ? [preset.preset] : []),
    'what moved',
  ];
  return [
    `${current.file} (${rowsText(current.rows)}) against ${base.file} (${rowsText(base.rows)}): ${verdict}`,
    explanation,
    ...changedColumns(report.schema),
    '',
    ...table(
      headings,
      columns.map((c) => [
        c.column,
        effectOf(c),
        intervalOf(c),
        c.verdict,
        ...theirs(c.column),
        c.explanation,
      ]),
    ),
    ...(preset ? ['', `${preset.preset} would call it ${preset.drifted ? 'drifted' : 'not drifted'}`] : []),
    ...(isDetailed ? ['', ...statisticLines(columns)] : []),
  ];
}

function changedColumns(schema: ScoreReport['schema']): readonly string[] {
  const lines = schemaLines({ ...NO_CHANGE, ...schema });
  return lines.length === 0 ? [] : ['', 'columns added (+), removed (-) and of another type (~):', ...lines];
}

function statisticLines(columns: ScoreReport['columns']): readonly string[] {
  const rows = columns.flatMap(({ column, statistics }) =>
    Object.entries(statistics).map(([name, value]) => [column, name, short(value), levelOf(name, value)]),
  );
  return table(['column', 'statistic', 'value', 'by its usual threshold'], rows);
}

function effectOf({ statistic, effect }: ColumnDrift): string | undefined {
  return effect === undefined ? undefined : effectText(statistic, effect);
}

function intervalOf({ statistic, lowerBound, upperBound }: ColumnDrift): string | undefined {
  if (lowerBound === undefined && upperBound === undefined) return undefined;
  const inPercent = effectText(statistic, 1).startsWith('100 %');
  const shown = (value: number | undefined) =>
    value === undefined ? '' : inPercent ? percent(value) : short(value);
  return `${shown(lowerBound)} to ${shown(upperBound)}`;
}
