import type { Problem } from '../errors.ts';
import { inputColumns, type ModelSpec } from '../spec.ts';
import { shown, valueCheck } from './value.ts';

/** Most problems that one answer lists; the rest is counted. */
export const MAX_PROBLEMS = 100;

/** Checks the rows of one call; an empty answer means that all are good. */
export type RowCheck = (rows: readonly unknown[]) => readonly Problem[];

/**
 * Makes the check of a version's input rows from the spec it was trained with: types, nulls, the rules that tolerate no breach,
 * missing and unknown fields. Every bad field of every row is named, up to `MAX_PROBLEMS`.
 * @example rowCheck(spec)([{ temp: 'warm' }]) // [{ path: 'rows.0.temp', message: 'must be a number, got "warm"' }]
 */
export function rowCheck(spec: ModelSpec): RowCheck {
  const columns = inputColumns(spec).map((column) => ({ name: column.name, check: valueCheck(column) }));
  const known = new Set(columns.map((c) => c.name));
  const required = new Set(columns.filter((c) => c.check(null) !== undefined).map((c) => c.name));
  const ofRow = (row: unknown, path: string): Problem[] => {
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      return [{ path, message: `must be an object, got ${shown(row)}` }];
    const record = row as Record<string, unknown>;
    const problems: Problem[] = [];
    for (const { name, check } of columns) {
      const missing = !Object.hasOwn(record, name);
      const message = missing && required.has(name) ? 'is missing' : check(record[name]);
      if (message !== undefined) problems.push({ path: `${path}.${name}`, message });
    }
    for (const name of Object.keys(record)) if (!known.has(name)) problems.push(unknown(spec, path, name));
    return problems;
  };
  return (rows) => rows.flatMap((row, i) => ofRow(row, `rows.${i}`)).slice(0, MAX_PROBLEMS);
}

function unknown(spec: ModelSpec, path: string, name: string): Problem {
  const message =
    name === spec.schema.label ? 'is the label, which is not sent to predict' : 'is no column of the spec';
  return { path: `${path}.${name.slice(0, 100)}`, message };
}
