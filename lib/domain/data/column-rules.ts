import type { Finding } from '../findings.ts';
import type { ColumnSpec } from '../spec.ts';

export type RuleKind = 'unreadable' | 'null' | 'nan' | 'infinite' | 'small' | 'big' | 'vocabulary';

/** One thing that every value of a column must be, and how many rows may break it. */
export interface ColumnRule {
  /** TFDV's anomaly name, lower kebab case. */
  readonly id: string;
  readonly kind: RuleKind;
  readonly column: string;
  /** Share of rows (0–1) that may break it. */
  readonly allowedShare: number;
  /** What is wrong with a row that breaks it, after "is" or "are". */
  readonly broken: string;
}

/**
 * The rules that a column of the spec implies, whose ids are TensorFlow Data Validation's anomalies where it has one.
 *
 * @example columnRules({ name: 'temp', type: 'number', max: 130, … }).map((r) => r.id) // […, 'float-type-big-float']
 */
export function columnRules(column: ColumnSpec): readonly ColumnRule[] {
  const rule = (kind: RuleKind, id: string, allowedShare: number, broken: string): ColumnRule => ({
    id,
    kind,
    column: column.name,
    allowedShare,
    broken,
  });
  const [unreadable, type] = UNREADABLE[column.type];
  const rules = [rule('unreadable', unreadable, 0, `no ${type}`)];
  const nulls = column.maxNullShare ?? (column.nullable ? 1 : 0);
  if (nulls < 1) rules.push(rule('null', 'feature-type-low-fraction-present', nulls, 'null'));
  if (column.type === 'number') {
    rules.push(rule('nan', 'float-type-has-nan', nulls, 'NaN'));
    rules.push(rule('infinite', 'float-type-has-inf', nulls, 'infinite'));
  }
  if (column.type === 'number' || column.type === 'integer') {
    const [small, big] = RANGE[column.type];
    if (column.min !== undefined) rules.push(rule('small', small, column.tolerance, `below ${column.min}`));
    if (column.max !== undefined) rules.push(rule('big', big, column.tolerance, `above ${column.max}`));
  }
  if (column.type === 'string' && column.values !== undefined)
    rules.push(
      rule('vocabulary', 'enum-type-unexpected-string-values', column.tolerance, 'outside the vocabulary'),
    );
  return rules;
}

const UNREADABLE: Readonly<Record<ColumnSpec['type'], readonly [string, string]>> = {
  number: ['float-type-string-not-float', 'number'],
  integer: ['int-type-not-int-string', 'integer'],
  boolean: ['bool-type-unexpected-string', 'boolean'],
  timestamp: ['timestamp-type-not-time', 'time'],
  string: ['unexpected-data-type', 'text'],
};

const RANGE = {
  number: ['float-type-small-float', 'float-type-big-float'],
  integer: ['int-type-small-int', 'int-type-big-int'],
} as const;

/**
 * What a rule says of a set of rows: an error beyond the allowed share, a warning within it, undefined when no row breaks it.
 *
 * @param rows how many of `total` rows break it
 */
export function ruleFinding(
  rule: ColumnRule,
  rows: number,
  total: number,
  rest: Pick<Finding, 'object' | 'examples'> = {},
): Finding | undefined {
  if (rows === 0) return undefined;
  const share = rows / total;
  const wanted = rule.allowedShare === 0 ? 'none' : `at most ${percent(rule.allowedShare)}`;
  return {
    rule: rule.id,
    column: rule.column,
    severity: share > rule.allowedShare ? 'error' : 'warning',
    rows,
    share,
    message: `column ${rule.column} is ${rule.broken} in ${rows} of ${total} rows (${percent(share)}), wanted ${wanted}`,
    ...rest,
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
