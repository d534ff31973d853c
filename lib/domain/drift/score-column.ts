import { type ColumnProfile, missingOf } from '../profile/column-profile.ts';
import { type AskColumn, askColumn, kindOf } from './ask-column.ts';
import { categoryCells } from './category-cells.ts';
import type { ColumnDrift } from './column-drift.ts';
import { type Cell, categoryCellShares, numericCells } from './contributions.ts';
import { CONFIDENCE_ALONE, type Confidence } from './false-discoveries.ts';
import { otherStatistics } from './other-statistics.ts';
import { judge, type Question } from './question.ts';
import { couldHaveSeen } from './sentence.ts';
import type { ColumnRole, DriftCheck, DriftVerdict } from './verdict.ts';

export interface ScoreColumn extends AskColumn {
  /** Fewest rows that may be judged, on both sides. */
  readonly minRows: number;
}

/** A column with what is asked of it, before its window's other columns have said how sure one must be. */
export interface AskedColumn {
  readonly input: ScoreColumn;
  /** None where there are too few rows to ask. */
  readonly questions: readonly Question[];
}

/**
 * How much one column changed, judged by itself. A column can change in its values and in how often it has one; the graver of
 * the two is its verdict, so a sensor that falls silent is seen as well as one that drifts.
 */
export function scoreColumn(input: ScoreColumn): ColumnDrift {
  return judgeColumn(askScored(input), CONFIDENCE_ALONE);
}

export function askScored(input: ScoreColumn): AskedColumn {
  return { input, questions: fewerRows(input) < input.minRows ? [] : askColumn(input) };
}

const GRAVITY: Readonly<Record<DriftVerdict, number>> = {
  drifted: 3,
  watch: 2,
  'insufficient-data': 1,
  stable: 0,
};

/** Whether there is enough data is for the first question, the values', to say; the others only add what they see. */
export function judgeColumn({ input, questions }: AskedColumn, { level, z }: Confidence): ColumnDrift {
  const { name, reference, window, threshold, minRows } = input;
  const [values, ...others] = questions.map((question) => judge(question, z));
  const base = {
    column: name,
    role: roleOf(name),
    kind: kindOf(input),
    rows: rowsOf(window),
    statistics: otherStatistics(input),
  };
  if (values === undefined) {
    const statistic = window.kind === 'numeric' ? 'wasserstein' : 'jensen-shannon';
    const why = `has ${fewerRows({ reference, window })} rows, wanted at least ${minRows}`;
    const verdict = 'insufficient-data' as const;
    return { ...base, statistic, threshold, minRows, verdict, checks: [], explanation: `${name} ${why}` };
  }
  const checks = [values, ...others].sort(
    (a, b) => gravity(b, values) - gravity(a, values) || size(b) - size(a),
  );
  const gravest = checks[0] as DriftCheck;
  const { aspect: _, sentence, ...decided } = gravest;
  return {
    ...base,
    ...decided,
    confidence: level,
    checks,
    ...moved(input),
    explanation: explain(name, gravest),
  };
}

function gravity(check: DriftCheck, values: DriftCheck): number {
  return check !== values && check.verdict === 'insufficient-data' ? -1 : GRAVITY[check.verdict];
}

function size({ effect = 0, threshold }: DriftCheck): number {
  return effect / threshold;
}

function explain(name: string, { sentence, statistic, detectable }: DriftCheck): string {
  const seen = detectable === undefined ? '' : `; ${couldHaveSeen(statistic, detectable)}`;
  return `${name} ${sentence}${seen}`;
}

function moved({ reference, window, binning }: AskColumn): { readonly contributions?: readonly Cell[] } {
  const cells = () => {
    if (reference.kind === 'numeric' && window.kind === 'numeric' && binning.kind === 'numeric')
      return reference.n > 0 && window.n > 0 ? numericCells(reference, window, binning.edges) : [];
    if (reference.kind !== 'categorical' || window.kind !== 'categorical') return [];
    const { names, ...counts } = categoryCells(reference, window);
    return categoryCellShares(names, counts.reference, counts.window);
  };
  const contributions = cells();
  return contributions.length === 0 ? {} : { contributions };
}

function roleOf(name: string): ColumnRole {
  if (name.startsWith('output.')) return 'prediction';
  return name.startsWith('feature.') ? 'feature' : 'input';
}

function fewerRows({ reference, window }: Pick<AskColumn, 'reference' | 'window'>): number {
  return Math.min(rowsOf(reference), rowsOf(window));
}

function rowsOf(column: ColumnProfile): number {
  return column.n + missingOf(column);
}
