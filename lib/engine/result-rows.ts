import type { DuckDBConnection, DuckDBMaterializedResult } from '@duckdb/node-api';

export type Row = Record<string, unknown>;

/** Runs to the end before the first row is handed out: a streamed result ends early and silently when a later row fails. */
export async function readRows(
  connection: DuckDBConnection,
  sql: string,
  parameters?: Readonly<Record<string, string | number | boolean | null>>,
): Promise<Row[]> {
  return rowsOf(await connection.run(sql, parameters && { ...parameters }));
}

export async function rowsOf(result: DuckDBMaterializedResult): Promise<Row[]> {
  const rows = await result.getRowObjectsJS();
  for (const row of rows) for (const name in row) row[name] = plain(row[name]) as (typeof row)[string];
  return rows as Row[];
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  return value;
}
