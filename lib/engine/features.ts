import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBListType,
  type DuckDBMaterializedResult,
  type DuckDBPreparedStatement,
  DuckDBStructValue,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  STRUCT,
  VARCHAR,
} from '@duckdb/node-api';
import { type ColumnSpec, inputColumns, type ModelSpec } from '../domain/spec.ts';
import { bounded } from './bounded.ts';
import { type CompiledFeatures, compileOrThrow, type FeatureColumn } from './check-features.ts';
import type { Row } from './result-rows.ts';
import { type Locked, openSandbox } from './sandbox.ts';
import { quoteIdentifier } from './sql-text.ts';
import { featureValue, finiteOrNull, timestampFromText } from './typed-input.ts';

export interface Features {
  /** In the order of the SELECT. */
  readonly columns: readonly FeatureColumn[];
  /**
   * One row of features per row of inputs, in the same order. Inputs are plain JSON values, timestamps ISO 8601 texts; an
   * absent one is null. Throws TimeLimitError past the limit, FeaturesError when the SQL fails on a value, TypeError for a value
   * that is not of its column's type.
   */
  compute(rows: readonly Row[], options?: { readonly timeoutMs?: number }): Promise<Row[]>;
  close(): void;
}

/** features.sql failed on a row's values: an overflow, the logarithm of a negative number. */
export class FeaturesError extends Error {
  override readonly name = 'FeaturesError';
}

/** Far above what 500 rows take, far below what a caller waits. */
const COMPUTE_LIMIT_MS = 5000;

/** The features of a spec, ready for requests: parsed, checked and planned once. Throws when features.sql is not good. */
export async function createFeatures(spec: ModelSpec): Promise<Features> {
  const sandbox = await openSandbox();
  const compiled = await compileOrThrow(spec, sandbox.connection).catch((error) => {
    sandbox.close();
    throw error;
  });
  const columns = inputColumns(spec);
  const statement = await sandbox.connection.prepare(requestStatement(compiled, columns));
  return queued(sandbox, statement, columns, compiled.columns);
}

/** The request's rows as the relation `input`, then the same SELECT as in training. */
function requestStatement(
  { select, columns: outputs }: CompiledFeatures,
  columns: readonly ColumnSpec[],
): string {
  const fields = columns.map((c) => `${quoteIdentifier(c.name)} ${BOUND[c.type].sql}`).join(', ');
  const typed = columns.map((c) => {
    const name = quoteIdentifier(c.name);
    return c.type === 'timestamp' ? `${timestampFromText(name)} AS ${name}` : name;
  });
  return `WITH bound AS (SELECT unnest($1::STRUCT(${fields})[], max_depth := 2)),
    input AS (SELECT ${typed.join(', ')} FROM bound),
    output AS (${select} FROM input)
    SELECT ${outputs.map((o) => `${featureValue(o.name, o.type)} AS ${quoteIdentifier(o.name)}`).join(', ')} FROM output`;
}

const BOUND: Readonly<Record<ColumnSpec['type'], { sql: string; type: DuckDBType }>> = {
  number: { sql: 'DOUBLE', type: DOUBLE },
  integer: { sql: 'BIGINT', type: BIGINT },
  string: { sql: 'VARCHAR', type: VARCHAR },
  boolean: { sql: 'BOOLEAN', type: BOOLEAN },
  timestamp: { sql: 'VARCHAR', type: VARCHAR },
};

function queued(
  sandbox: Locked,
  statement: DuckDBPreparedStatement,
  columns: readonly ColumnSpec[],
  outputs: readonly FeatureColumn[],
): Features {
  const type = LIST(STRUCT(Object.fromEntries(columns.map((c) => [c.name, BOUND[c.type].type]))));
  // A prepared statement holds one set of bound values, so calls take turns.
  let last: Promise<unknown> = Promise.resolve();
  return {
    columns: outputs,
    compute(rows, { timeoutMs = COMPUTE_LIMIT_MS } = {}) {
      const turn = last.then(() =>
        bounded(sandbox.connection, timeoutMs, () => computeOnce(statement, type, columns, outputs, rows)),
      );
      last = turn.catch(() => undefined);
      return turn;
    },
    close() {
      statement.destroySync();
      sandbox.close();
    },
  };
}

async function computeOnce(
  statement: DuckDBPreparedStatement,
  type: DuckDBListType,
  columns: readonly ColumnSpec[],
  outputs: readonly FeatureColumn[],
  rows: readonly Row[],
): Promise<Row[]> {
  if (rows.length === 0) return [];
  statement.bindList(1, listValue(rows.map((row) => boundRow(row, columns))), type);
  const result = await statement.run().catch((cause: Error) => {
    throw new FeaturesError(`features.sql failed: ${cause.message.split('\n')[0]}`, { cause });
  });
  const computed = readChunks(result, outputs);
  if (computed.length !== rows.length)
    throw new Error(`features.sql gives one row per row, got ${computed.length} for ${rows.length}`);
  return computed;
}

/** Column by column: half the time of the library's row objects, which matters for one row. */
function readChunks(result: DuckDBMaterializedResult, outputs: readonly FeatureColumn[]): Row[] {
  const rows: Row[] = [];
  for (let i = 0; i < result.chunkCount; i++) {
    const chunk = result.getChunk(i);
    const values = outputs.map((_, column) => chunk.getColumnValues(column));
    for (let row = 0; row < chunk.rowCount; row++)
      rows.push(
        Object.fromEntries(outputs.map(({ name }, column) => [name, finiteOrNull(values[column]?.[row])])),
      );
  }
  return rows;
}

function boundRow(row: Row, columns: readonly ColumnSpec[]): DuckDBStructValue {
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
