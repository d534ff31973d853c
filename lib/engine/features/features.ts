import type { DuckDBMaterializedResult } from '@duckdb/node-api';
import { type ColumnSpec, inputColumns, type ModelSpec } from '../../domain/spec.ts';
import { bounded } from '../bounded.ts';
import { featureValue, finiteOrNull, timestampFromText } from '../read/typed-input.ts';
import type { Row } from '../result-rows.ts';
import { type Locked, openSandbox } from '../sandbox.ts';
import { type CompiledFeatures, compileOrThrow, type FeatureColumn } from '../spec-sql/check-features.ts';
import { quoteIdentifier } from '../sql-text.ts';
import { prepareOverRows, type RunOverRows } from './request-rows.ts';

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
  try {
    const compiled = await compileOrThrow(spec, sandbox.connection);
    const columns = inputColumns(spec);
    const run = await prepareOverRows(sandbox.connection, columns, (rows) =>
      statementOver(rows, compiled, columns),
    );
    return queued(sandbox, run, compiled.columns);
  } catch (error) {
    sandbox.close();
    throw error;
  }
}

/** The request's rows as the relation `input`, then the same SELECT as in training. */
function statementOver(
  rows: string,
  { select, columns: outputs }: CompiledFeatures,
  columns: readonly ColumnSpec[],
): string {
  const typed = columns.map((c) => {
    const name = quoteIdentifier(c.name);
    return c.type === 'timestamp' ? `${timestampFromText(name)} AS ${name}` : name;
  });
  const values = outputs.map((o) => `${featureValue(o.name, o.type)} AS ${quoteIdentifier(o.name)}`);
  return `WITH input AS (SELECT ${typed.join(', ')} FROM ${rows}),
    output AS (${select} FROM input)
    SELECT ${values.join(', ')} FROM output`;
}

function queued(sandbox: Locked, run: RunOverRows, outputs: readonly FeatureColumn[]): Features {
  // There is one set of bound values and one table of rows, so calls take turns.
  let last: Promise<unknown> = Promise.resolve();
  return {
    columns: outputs,
    compute(rows, { timeoutMs = COMPUTE_LIMIT_MS } = {}) {
      const turn = last.then(() =>
        bounded(sandbox.connection, timeoutMs, () => computeOnce(run, outputs, rows)),
      );
      last = turn.catch(() => undefined);
      return turn;
    },
    close: () => sandbox.close(),
  };
}

async function computeOnce(
  run: RunOverRows,
  outputs: readonly FeatureColumn[],
  rows: readonly Row[],
): Promise<Row[]> {
  if (rows.length === 0) return [];
  const result = await run(rows).catch((cause: Error) => {
    if (cause instanceof TypeError) throw cause;
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
