import type { ColumnSpec } from '../domain/spec.ts';
import { quoteIdentifier } from './sql-text.ts';

/** SQL types of the relation `input` by the spec's types. */
export const INPUT_TYPES: Readonly<Record<ColumnSpec['type'], string>> = {
  number: 'DOUBLE',
  integer: 'BIGINT',
  string: 'VARCHAR',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
};

/**
 * A parsed column as features.sql sees it, the same in training and in serving: a number that is not finite is null there,
 * since a request's JSON can carry none.
 */
export function featureInput(column: ColumnSpec, parsed: string): string {
  const value = column.type === 'number' ? `CASE WHEN isfinite(${parsed}) THEN ${parsed} END` : parsed;
  return `${value} AS ${quoteIdentifier(column.name)}`;
}

/** A text or a time of any source as a UTC timestamp; null when it is no time. A text without a zone is UTC. */
export function timestampFromText(text: string): string {
  return `CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP)`;
}

/** The value of a feature as it leaves the engine, in both ways alike: a number as a finite DOUBLE or null. */
export function featureOutput(name: string, type: 'number' | 'boolean' | 'string'): string {
  const column = quoteIdentifier(name);
  if (type !== 'number') return column;
  const number = `CAST(${column} AS DOUBLE)`;
  return `CASE WHEN isfinite(${number}) THEN ${number} END`;
}
