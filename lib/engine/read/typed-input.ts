import type { ColumnSpec } from '../../domain/spec.ts';
import { quoteIdentifier } from '../sql-text.ts';

/** SQL types of the relation `input` by the spec's types. */
export const INPUT_TYPES: Readonly<Record<ColumnSpec['type'], string>> = {
  number: 'DOUBLE',
  integer: 'BIGINT',
  string: 'VARCHAR',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
};

/** Types of the engine that are numbers. */
export const NUMBER_TYPE = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/;

/** Types of the engine that are times. */
export const TIME_TYPE = /^(TIMESTAMP|DATE)/;

/**
 * A parsed column of a file as features.sql sees it: a number that is not finite is null, since a request's JSON carries none.
 * Serving does the same in `finiteOrNull`, outside SQL, where it costs less for one row.
 */
export function featureInput(column: ColumnSpec, parsed: string): string {
  return column.type === 'number' ? `CASE WHEN isfinite(${parsed}) THEN ${parsed} END` : parsed;
}

/** A text or a time of any source as a UTC timestamp; null when it is no time. A text without a zone is UTC. */
export function timestampFromText(text: string): string {
  return withinDates(`CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP)`);
}

/** A time, or null for one that no JavaScript date is: the engine knows `infinity` and years beyond 275760. */
export function withinDates(time: string): string {
  return `CASE WHEN ${isWithinDates(time)} THEN ${time} END`;
}

export function isWithinDates(time: string): string {
  return `(${time} BETWEEN TIMESTAMP '271822-04-20 (BC)' AND TIMESTAMP '275760-09-13')`;
}

/** The value of a feature: numbers of every type as DOUBLE. */
export function featureValue(name: string, type: 'number' | 'boolean' | 'string'): string {
  return type === 'number' ? `CAST(${quoteIdentifier(name)} AS DOUBLE)` : quoteIdentifier(name);
}

/** The same as it is written to a file; what serving does with `finiteOrNull`. */
export function finiteFeature(name: string, type: 'number' | 'boolean' | 'string'): string {
  const value = featureValue(name, type);
  return type === 'number' ? `CASE WHEN isfinite(${value}) THEN ${value} END` : value;
}

/** What training and serving take and give for a number that is none. */
export function finiteOrNull(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
