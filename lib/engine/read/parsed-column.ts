import type { ColumnSpec } from '../../domain/spec.ts';
import { rawColumn, type Source } from './source.ts';
import type { SourceColumn } from './source-column.ts';
import { INPUT_TYPES, TIME_TYPE, timestampFromText, withinDates } from './typed-input.ts';

/** Name of the column that tells where a profiled column's value was of the wrong type; no file has one of that name by chance. */
export const mismatchName = (column: string) => `\u0001wrong type ${column}`;

/** A column of a raw file, read as the spec's type. */
export interface ParsedColumn {
  /** SQL of the value; null where there is none or it cannot be read as the type. */
  readonly value: string;
  /** SQL of the value as it stands in the file. */
  readonly raw: string;
  /** SQL that is true where the file has a value that cannot be read as the type. */
  readonly unreadable: string;
  /** The file's type of the column when no value of it can be of the spec's type. */
  readonly wrongType?: string;
}

/**
 * How a value of each type is recognized in each format: the one place for validation, profiling and training alike. A text
 * counts as a number only if it looks like one in full; `1_000` and `0.53` as an integer do not.
 */
export function parsedColumn(column: ColumnSpec, source: Source): ParsedColumn {
  const found = source.columns.find((candidate) => candidate.name === column.name);
  if (found === undefined) return constantNull(column, 'NULL');
  const raw = rawColumn(source, column.name);
  if (source.format === 'csv') return withUnreadable(fromText(column.type, raw), raw);
  if (source.format === 'jsonl') {
    const value = fromJson(column.type, raw);
    // Of a line that lacks the key json_type is null, as json's own null is 'NULL'.
    const present = `coalesce(json_type(${raw}), 'NULL') <> 'NULL'`;
    return { value, raw, unreadable: `(${present} AND (${value}) IS NULL)` };
  }
  const value = fromNative(column.type, found, raw);
  if (value === undefined) return { ...constantNull(column, raw), wrongType: found.type };
  if (isExact(column.type, found)) return { value, raw, unreadable: 'false' };
  // NaN is how some tools write a missing integer.
  const present = column.type === 'integer' && isFloat(found.type) ? `isnan(${raw}) IS NOT TRUE` : 'true';
  return { value, raw, unreadable: `(${raw} IS NOT NULL AND ${present} AND (${value}) IS NULL)` };
}

function constantNull(column: ColumnSpec, raw: string): ParsedColumn {
  return { value: `CAST(NULL AS ${INPUT_TYPES[column.type]})`, raw, unreadable: 'false' };
}

function withUnreadable(value: string, raw: string): ParsedColumn {
  return { value, raw, unreadable: `(${raw} IS NOT NULL AND (${value}) IS NULL)` };
}

function fromText(type: ColumnSpec['type'], text: string): string {
  switch (type) {
    case 'number':
      return `CASE WHEN NOT contains(${text}, '_') THEN TRY_CAST(${text} AS DOUBLE) END`;
    case 'integer':
      return `CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]+(\\.0*)?') THEN TRY_CAST(${text} AS BIGINT) END`;
    case 'boolean':
      return `CASE lower(${text}) WHEN 'true' THEN true WHEN 'false' THEN false WHEN '1' THEN true WHEN '0' THEN false END`;
    case 'timestamp':
      return timestampFromText(text);
    case 'string':
      return text;
  }
}

function fromJson(type: ColumnSpec['type'], json: string): string {
  const text = `(${json} ->> '$')`;
  const when = (condition: string, value: string) => `CASE WHEN ${condition} THEN ${value} END`;
  const isNumber = `json_type(${json}) IN ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')`;
  switch (type) {
    case 'number':
      return when(isNumber, `TRY_CAST(${text} AS DOUBLE)`);
    case 'integer':
      return when(isNumber, fromText('integer', text));
    case 'boolean':
      return when(`json_type(${json}) = 'BOOLEAN'`, `TRY_CAST(${text} AS BOOLEAN)`);
    case 'timestamp':
      return when(`json_type(${json}) = 'VARCHAR'`, timestampFromText(text));
    case 'string':
      return when(`json_type(${json}) = 'VARCHAR'`, text);
  }
}

function fromNative(type: ColumnSpec['type'], column: SourceColumn, value: string): string | undefined {
  const native = column.type;
  if (type === 'string') return /^(VARCHAR|ENUM)/.test(native) ? `CAST(${value} AS VARCHAR)` : undefined;
  if (type === 'boolean') return native === 'BOOLEAN' ? value : undefined;
  if (type === 'timestamp') {
    if (isExact(type, column)) return `CAST(${value} AS TIMESTAMP)`;
    if (TIME_TYPE.test(native)) return withinDates(`TRY_CAST(${value} AS TIMESTAMP)`);
    return native === 'VARCHAR' ? timestampFromText(value) : undefined;
  }
  const whole = /^U?(TINY|SMALL|BIG|HUGE)INT$|^U?INTEGER$/.test(native);
  if (!whole && !isFloat(native) && !native.startsWith('DECIMAL')) return undefined;
  if (type === 'number') return `CAST(${value} AS DOUBLE)`;
  if (isExact(type, column)) return `CAST(${value} AS BIGINT)`;
  return whole
    ? `TRY_CAST(${value} AS BIGINT)`
    : `CASE WHEN ${value} = floor(${value}) THEN TRY_CAST(${value} AS BIGINT) END`;
}

/** Whether every value of a Parquet type is one of the spec's type, so that nothing need be looked at. */
function isExact(type: ColumnSpec['type'], { type: native, exceedsDates }: SourceColumn): boolean {
  if (type === 'integer') return /^U?(TINY|SMALL)INT$|^U?INTEGER$|^BIGINT$/.test(native);
  return type !== 'timestamp' || (TIME_TYPE.test(native) && !exceedsDates);
}

function isFloat(native: string): boolean {
  return native === 'DOUBLE' || native === 'FLOAT';
}
