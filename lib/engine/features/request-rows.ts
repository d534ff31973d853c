import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBMaterializedResult,
  DuckDBStructValue,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  STRUCT,
  VARCHAR,
} from '@duckdb/node-api';
import type { ColumnSpec } from '../../domain/spec.ts';
import { finiteOrNull } from '../read/typed-input.ts';
import type { Row } from '../result-rows.ts';
import { quoteIdentifier } from '../sql-text.ts';

/** Runs a statement over the rows of one request. */
export type RunOverRows = (rows: readonly Row[]) => Promise<DuckDBMaterializedResult>;

/**
 * From here on a request goes through a table. Bound as one value it needs nothing else, which is fastest for a row or a few; but
 * every field is then an object of its own to the engine, and 500 rows of them cost five times as much, most of it in collecting
 * them again.
 */
const TABLE_FROM_ROWS = 25;

/** What a request's columns are to the engine before a time is read from its text. */
const BOUND: Readonly<Record<ColumnSpec['type'], { readonly sql: string; readonly type: DuckDBType }>> = {
  number: { sql: 'DOUBLE', type: DOUBLE },
  integer: { sql: 'BIGINT', type: BIGINT },
  string: { sql: 'VARCHAR', type: VARCHAR },
  boolean: { sql: 'BOOLEAN', type: BOOLEAN },
  timestamp: { sql: 'VARCHAR', type: VARCHAR },
};

/**
 * Prepares a statement over a relation of the columns, for few rows and for many.
 *
 * @param over gives the statement for the name or the subquery of the relation
 */
export async function prepareOverRows(
  connection: DuckDBConnection,
  columns: readonly ColumnSpec[],
  over: (relation: string) => string,
): Promise<RunOverRows> {
  const fields = columns.map((c) => `${quoteIdentifier(c.name)} ${BOUND[c.type].sql}`).join(', ');
  await connection.run(`CREATE TEMP TABLE request (${fields})`);
  const few = await connection.prepare(over(`(SELECT unnest($1::STRUCT(${fields})[], max_depth := 2))`));
  const many = over('request');
  const type = LIST(STRUCT(Object.fromEntries(columns.map((c) => [c.name, BOUND[c.type].type]))));
  return async (rows) => {
    if (rows.length < TABLE_FROM_ROWS) {
      few.bindList(1, listValue(rows.map((row) => structOf(row, columns))), type);
      return few.run();
    }
    await fill(connection, columns, rows);
    try {
      // Planned anew each time: a prepared plan keeps the statistics of the table as it was then, empty, and folds expressions by
      // them (coalesce(x, 0) becomes 0).
      return await connection.run(many);
    } finally {
      await connection.run('TRUNCATE request');
    }
  };
}

/** The engine's own vector size, the most that one chunk holds. */
const CHUNK_ROWS = 2048;

async function fill(
  connection: DuckDBConnection,
  columns: readonly ColumnSpec[],
  rows: readonly Row[],
): Promise<void> {
  const types = columns.map((c) => BOUND[c.type].type);
  const values = columns.map((c) => rows.map((row) => boundValue(row[c.name], c)));
  const appender = await connection.createAppender('request', null, 'temp');
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    const chunk = DuckDBDataChunk.create(types, Math.min(CHUNK_ROWS, rows.length - from));
    values.forEach((column, i) => {
      chunk.setColumnValues(i, column.slice(from, from + CHUNK_ROWS));
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function structOf(row: Row, columns: readonly ColumnSpec[]): DuckDBStructValue {
  return new DuckDBStructValue(Object.fromEntries(columns.map((c) => [c.name, boundValue(row[c.name], c)])));
}

function boundValue(value: unknown, column: ColumnSpec): DuckDBValue {
  if (value === null || value === undefined) return null;
  if (typeof value !== WANTED[column.type] || (column.type === 'integer' && !Number.isSafeInteger(value)))
    throw new TypeError(`column ${column.name} is a ${typeof value}, wanted ${column.type}`);
  return column.type === 'integer' ? BigInt(value as number) : (finiteOrNull(value) as DuckDBValue);
}

const WANTED: Readonly<Record<ColumnSpec['type'], string>> = {
  number: 'number',
  integer: 'number',
  string: 'string',
  boolean: 'boolean',
  timestamp: 'string',
};
