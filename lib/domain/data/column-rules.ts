import type { RowCheck, RowRule } from '../constraints/row-rule.ts';
import type { ColumnSpec } from '../spec.ts';

/**
 * The rules that a column of the spec implies, whose ids are TensorFlow Data Validation's anomalies where it has one.
 *
 * @example columnRules({ name: 'temp', type: 'number', max: 130, … }).map((r) => r.id) // […, 'float-type-big-float']
 */
export function columnRules(column: ColumnSpec): readonly RowRule[] {
  const { name, type, tolerance } = column;
  const rule = (check: RowCheck, id: string, allowedShare: number, broken: string): RowRule => ({
    id,
    check,
    column: name,
    severity: 'error',
    allowedShare,
    broken,
  });
  const rules = [rule({ kind: 'unreadable' }, ...unreadable(type))];
  const nulls = column.maxNullShare ?? (column.nullable ? 1 : 0);
  if (nulls < 1) rules.push(rule({ kind: 'null' }, COMPLETENESS, nulls, 'is null'));
  if (type === 'number') {
    rules.push(rule({ kind: 'nan' }, 'float-type-has-nan', nulls, 'is NaN'));
    rules.push(rule({ kind: 'infinite' }, 'float-type-has-inf', nulls, 'is infinite'));
  }
  for (const [check, id, broken] of rangeChecks(column)) rules.push(rule(check, id, tolerance, broken));
  if (type === 'string' && column.values !== undefined)
    rules.push(
      rule({ kind: 'vocabulary', values: column.values }, VOCABULARY, tolerance, OUTSIDE_THE_VOCABULARY),
    );
  return rules;
}

export const COMPLETENESS = 'feature-type-low-fraction-present';
export const VOCABULARY = 'enum-type-unexpected-string-values';
export const OUTSIDE_THE_VOCABULARY = 'is outside the vocabulary';

interface Range {
  readonly type: ColumnSpec['type'];
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** The checks of a range of numbers: what each is called and what is wrong with a row that breaks it. */
export function rangeChecks({ type, min, max }: Range): readonly (readonly [RowCheck, string, string])[] {
  if (type !== 'number' && type !== 'integer') return [];
  const [small, big] = RANGE[type];
  return [
    ...(min === undefined ? [] : [[{ kind: 'small', min }, small, `is below ${min}`] as const]),
    ...(max === undefined ? [] : [[{ kind: 'big', max }, big, `is above ${max}`] as const]),
  ];
}

/** What a number below and above its range is called. */
export const RANGE = {
  number: ['float-type-small-float', 'float-type-big-float'],
  integer: ['int-type-small-int', 'int-type-big-int'],
} as const;

function unreadable(type: ColumnSpec['type']): readonly [string, number, string] {
  const [id, name] = UNREADABLE[type];
  return [id, 0, `is no ${name}`];
}

/** What a value of another type is called, and what it should have been. */
export const UNREADABLE: Readonly<Record<ColumnSpec['type'], readonly [string, string]>> = {
  number: ['float-type-string-not-float', 'number'],
  integer: ['int-type-not-int-string', 'integer'],
  boolean: ['bool-type-unexpected-string', 'boolean'],
  timestamp: ['timestamp-type-not-time', 'time'],
  string: ['unexpected-data-type', 'text'],
};
