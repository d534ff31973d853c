import {
  COMPLETENESS,
  columnRules,
  OUTSIDE_THE_VOCABULARY,
  rangeChecks,
  VOCABULARY,
} from '../data/column-rules.ts';
import { EVENT_TIME_RANGE, latestEventTime } from '../predictions/event-time.ts';
import type { ConstraintSpec, Environment } from '../spec/constraints.ts';
import { type ColumnSpec, inputColumns, type ModelSpec } from '../spec.ts';
import type { RowCheck, RowRule } from './row-rule.ts';

/**
 * Every rule that rows must keep in an environment: what the columns imply first, then the constraints as listed. Serving has no
 * label, and no values that cannot be read nor times that cannot be: predict has refused them.
 *
 * @param receivedAt when the rows came, ISO 8601 UTC: their events are at most a day younger; without it they may be of any time
 * @example rowRules(spec, 'training').map((r) => r.id) // ['float-type-string-not-float', …, 'row-constraint-broken']
 */
export function rowRules(spec: ModelSpec, environment: Environment, receivedAt?: string): readonly RowRule[] {
  const columns = environment === 'serving' ? inputColumns(spec) : spec.schema.columns;
  const declared = spec.schema.constraints.filter((one) => one.environments.includes(environment));
  const implied = columns.flatMap(columnRules).map((rule) => withTypeTolerance(rule, declared));
  const timely = receivedAt === undefined ? [] : eventTimeRules(spec, receivedAt);
  const rules = [...implied, ...timely, ...declared.flatMap((one) => constraintRules(one, columns))];
  return environment === 'training' ? rules : rules.filter(({ check }) => !UNSERVED.has(check.kind));
}

const UNSERVED: ReadonlySet<RowCheck['kind']> = new Set(['unreadable', 'nan', 'infinite', 'outside']);

/** Runs learn up to the newest event, so that one of a far day would leave them nothing to learn from. */
function eventTimeRules({ schema }: ModelSpec, receivedAt: string): readonly RowRule[] {
  if (schema.timeColumn === undefined) return [];
  const [first, last] = ['0001-01-01T00:00:00.000Z', latestEventTime(receivedAt)];
  return [
    {
      id: EVENT_TIME_RANGE,
      check: { kind: 'outside', first, last },
      column: schema.timeColumn,
      severity: 'error',
      allowedShare: 0,
      broken: `is before ${first} or after ${last}, a day after it came,`,
    },
  ];
}

/** A `type` constraint says how many values may be unreadable; without one, none. */
function withTypeTolerance(rule: RowRule, declared: readonly ConstraintSpec[]): RowRule {
  const type = declared.find((one) => one.kind === 'type' && one.column === rule.column);
  if (rule.check.kind !== 'unreadable' || type?.kind !== 'type') return rule;
  return { ...rule, constraint: type.id, severity: type.severity, allowedShare: type.tolerance };
}

type Made = readonly [RowCheck, string, string];

function constraintRules(one: ConstraintSpec, columns: readonly ColumnSpec[]): readonly RowRule[] {
  if (!('tolerance' in one)) return [];
  const column = 'column' in one ? columns.find((c) => c.name === one.column) : undefined;
  if ('column' in one && column === undefined) return [];
  if (one.kind === 'unique' && one.columns.some((name) => !columns.some((c) => c.name === name))) return [];
  return checksOf(one, column).map(([check, id, broken]) => ({
    id,
    check,
    ...(column !== undefined && { column: column.name }),
    constraint: one.id,
    severity: one.severity,
    allowedShare: one.tolerance,
    broken,
  }));
}

function checksOf(one: ConstraintSpec, column: ColumnSpec | undefined): readonly Made[] {
  switch (one.kind) {
    case 'completeness':
      return [[{ kind: 'null' }, COMPLETENESS, 'is null']];
    case 'range':
      return column ? rangeChecks({ type: column.type, min: one.min, max: one.max }) : [];
    case 'vocabulary':
      return [[{ kind: 'vocabulary', values: one.values }, VOCABULARY, OUTSIDE_THE_VOCABULARY]];
    case 'pattern':
      return [
        [
          { kind: 'pattern', pattern: one.pattern },
          'string-pattern-mismatch',
          `does not match ${one.pattern}`,
        ],
      ];
    case 'length':
      return lengthChecks(one);
    case 'unique':
      return [[{ kind: 'repeated', columns: one.columns }, UNIQUE, `repeats ${one.columns.join(', ')}`]];
    case 'sql':
      return [[{ kind: 'sql', sql: one.sql }, 'row-constraint-broken', `does not hold (${one.sql})`]];
    default:
      return [];
  }
}

const UNIQUE = 'feature-type-low-unique';

function lengthChecks({ min, max }: Extract<ConstraintSpec, { kind: 'length' }>): readonly Made[] {
  const short: Made[] =
    min === undefined
      ? []
      : [[{ kind: 'short', min }, 'string-too-short', `is shorter than ${min} characters`]];
  const long: Made[] =
    max === undefined ? [] : [[{ kind: 'long', max }, 'string-too-long', `is longer than ${max} characters`]];
  return [...short, ...long];
}
