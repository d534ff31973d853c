import type { Problem } from '../errors.ts';
import { inputColumns, type ModelSpec } from '../spec.ts';
import { EVENT_TIME_RANGE, eventTimeIssue, eventTimeOf } from './event-time.ts';
import { shown, type ValueFault, valueFault } from './value.ts';

/** One field of a row that breaks a rule. */
export interface RowProblem extends Problem {
  /** As in a dataset's findings. */
  readonly rule: string;
  /** Place in the call, from 0. */
  readonly row: number;
  /** Absent where the row is no object. */
  readonly column?: string;
  /** Its value, shown short; absent where there is none, or nobody knows what it is. */
  readonly value?: string;
}

/** Checks the rows of one call, received at a time in ISO 8601 UTC; an empty answer means that all are good. */
export type RowCheck = (rows: readonly unknown[], receivedAt: string) => readonly RowProblem[];

/** Longest name (characters) of an unknown field that is repeated to its sender. */
const MAX_NAME = 100;

/**
 * Makes the check of a version's input rows from the spec it was trained with: types, nulls, the rules that tolerate no breach,
 * missing and unknown fields, and event times that nothing which is asked now can have. Every bad field of every row is named.
 * @example rowCheck(spec)([{ temp: 'warm' }], now)[0]?.message // 'must be a number, got "warm"'
 */
export function rowCheck(spec: ModelSpec): RowCheck {
  const columns = inputColumns(spec).map((column): CheckedColumn => {
    const faultOf = valueFault(column);
    const isTime = column.name === spec.schema.timeColumn;
    return { name: column.name, faultOf: isTime ? eventTimeFault(faultOf) : faultOf };
  });
  const known = new Set(columns.map((c) => c.name));
  const required = new Set(columns.filter((c) => c.faultOf(null, '') !== undefined).map((c) => c.name));
  const ofRow = (input: unknown, row: number, receivedAt: string): RowProblem[] => {
    const path = `rows.${row}`;
    if (typeof input !== 'object' || input === null || Array.isArray(input))
      return [{ path, row, ...noObject(input), value: shown(input) }];
    const record = input as Record<string, unknown>;
    const problem = (column: string, fault: ValueFault, value?: unknown): RowProblem => ({
      path: `${path}.${column}`,
      row,
      column,
      ...fault,
      ...(value !== undefined && { value: shown(value) }),
    });
    const problems: RowProblem[] = [];
    for (const { name, faultOf } of columns) {
      const missing = !Object.hasOwn(record, name);
      const fault = missing && required.has(name) ? MISSING : faultOf(record[name], receivedAt);
      if (fault !== undefined) problems.push(problem(name, fault, record[name]));
    }
    for (const name of Object.keys(record))
      if (!known.has(name)) problems.push(problem(name.slice(0, MAX_NAME), unknown(spec, name)));
    return problems;
  };
  return (rows, receivedAt) => rows.flatMap((input, row) => ofRow(input, row, receivedAt));
}

interface CheckedColumn {
  readonly name: string;
  readonly faultOf: (value: unknown, receivedAt: string) => ValueFault | undefined;
}

function eventTimeFault(faultOf: (value: unknown) => ValueFault | undefined): CheckedColumn['faultOf'] {
  return (value, receivedAt) => {
    const eventTime = eventTimeOf(value);
    const issue = eventTime && eventTimeIssue(eventTime, receivedAt);
    return faultOf(value) ?? (issue ? { rule: EVENT_TIME_RANGE, message: issue } : undefined);
  };
}

const MISSING: ValueFault = { rule: 'schema-missing-column', message: 'is missing' };

function noObject(row: unknown): ValueFault {
  return { rule: 'unexpected-data-type', message: `must be an object, got ${shown(row)}` };
}

function unknown(spec: ModelSpec, name: string): ValueFault {
  const message =
    name === spec.schema.label ? 'is the label, which is not sent to predict' : 'is no column of the spec';
  return { rule: 'schema-new-column', message };
}
