import type { Problem } from '../errors.ts';
import { inputColumns, type ModelSpec } from '../spec.ts';
import { eventTimeIssue, eventTimeOf } from './event-time.ts';
import { shown, type ValueCheck, valueCheck } from './value.ts';

/** Most problems that one answer lists; the rest is counted. */
export const MAX_PROBLEMS = 100;

/** Checks the rows of one call, received at a time in ISO 8601 UTC; an empty answer means that all are good. */
export type RowCheck = (rows: readonly unknown[], receivedAt: string) => readonly Problem[];

/**
 * Makes the check of a version's input rows from the spec it was trained with: types, nulls, the rules that tolerate no breach,
 * missing and unknown fields, and event times that nothing which is asked now can have. Every bad field of every row is named, up to
 * `MAX_PROBLEMS`.
 * @example rowCheck(spec)([{ temp: 'warm' }], now) // [{ path: 'rows.0.temp', message: 'must be a number, got "warm"' }]
 */
export function rowCheck(spec: ModelSpec): RowCheck {
  const columns = inputColumns(spec).map((column): CheckedColumn => {
    const check = valueCheck(column);
    const isTime = column.name === spec.schema.timeColumn;
    return { name: column.name, check: isTime ? eventTimeCheck(check) : check };
  });
  const known = new Set(columns.map((c) => c.name));
  const required = new Set(columns.filter((c) => c.check(null, '') !== undefined).map((c) => c.name));
  const ofRow = (row: unknown, path: string, receivedAt: string): Problem[] => {
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      return [{ path, message: `must be an object, got ${shown(row)}` }];
    const record = row as Record<string, unknown>;
    const problems: Problem[] = [];
    for (const { name, check } of columns) {
      const missing = !Object.hasOwn(record, name);
      const message = missing && required.has(name) ? 'is missing' : check(record[name], receivedAt);
      if (message !== undefined) problems.push({ path: `${path}.${name}`, message });
    }
    for (const name of Object.keys(record)) if (!known.has(name)) problems.push(unknown(spec, path, name));
    return problems;
  };
  return (rows, receivedAt) =>
    rows.flatMap((row, i) => ofRow(row, `rows.${i}`, receivedAt)).slice(0, MAX_PROBLEMS);
}

interface CheckedColumn {
  readonly name: string;
  readonly check: (value: unknown, receivedAt: string) => string | undefined;
}

function eventTimeCheck(check: ValueCheck): CheckedColumn['check'] {
  return (value, receivedAt) => {
    const eventTime = eventTimeOf(value);
    return check(value) ?? (eventTime && eventTimeIssue(eventTime, receivedAt));
  };
}

function unknown(spec: ModelSpec, path: string, name: string): Problem {
  const message =
    name === spec.schema.label ? 'is the label, which is not sent to predict' : 'is no column of the spec';
  return { path: `${path}.${name.slice(0, 100)}`, message };
}
