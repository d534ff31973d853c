import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import type { Row } from '../result-rows.ts';
import { OWN_COLUMNS_ONLY, parquetRows, quoteIdentifier, quoteString } from '../sql-text.ts';
import { INPUT_TYPES } from './typed-input.ts';

export interface TypedColumn {
  readonly name: string;
  readonly type: ColumnSpec['type'];
}

/** All rows of Parquet files in file order as plain values; without `columns` all columns. */
export async function readParquetRows<T = Row>(
  file: string | readonly string[],
  columns: readonly string[] | undefined,
  engine: Engine,
): Promise<T[]> {
  const names = columns === undefined ? '*' : columns.map(quoteIdentifier).join(', ');
  return engine.query<T>(`SELECT ${names} FROM ${parquetRows(file)}`);
}

/** Writes plain rows (timestamps as ISO 8601 texts) as Parquet; how many. */
export async function writeParquetRows(
  rows: readonly Row[],
  columns: readonly TypedColumn[],
  output: string,
  engine: Engine,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-rows-'));
  try {
    const file = join(folder, 'rows.jsonl');
    const line = (row: Row) => JSON.stringify(columns.map(({ name }) => row[name] ?? null));
    await writeFile(file, rows.map((row) => `{"row":${line(row)}}\n`).join(''));
    const values = columns.map(
      ({ name, type }, i) => `${typed(`row ->> ${i}`, type)} AS ${quoteIdentifier(name)}`,
    );
    const source = `read_json(${quoteString(file)}, format = 'newline_delimited', columns = {row: 'JSON'}, ${OWN_COLUMNS_ONLY})`;
    return await engine.copy(`SELECT ${values.join(', ')} FROM ${source}`, output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Parquet to JSON Lines, the named columns in the named order, rows in file order. */
export async function writeJsonLines(
  { file, columns, output }: { file: string; columns: readonly string[]; output: string },
  engine: Engine,
): Promise<number> {
  return engine.copy(`SELECT ${columns.map(quoteIdentifier).join(', ')} FROM ${parquetRows(file)}`, output);
}

/** Cuts a file in time order into its older rows and the newest `share` (0–1) of them; at least one row on each side of two. */
export async function splitNewest(
  { file, share, older, newer }: { file: string; share: number; older: string; newer: string },
  engine: Engine,
): Promise<{ older: number; newer: number }> {
  const [counted] = await engine.query<{ n: number }>(`SELECT count(*) AS n FROM ${parquetRows(file)}`);
  const rows = counted?.n ?? 0;
  const cut = rows - Math.min(Math.max(1, Math.round(rows * share)), Math.max(0, rows - 1));
  const numbered = `(SELECT * FROM ${parquetRows(file, 'file_row_number')})`;
  const part = (condition: string) =>
    `SELECT * EXCLUDE (file_row_number) FROM ${numbered} WHERE ${condition}`;
  return {
    older: await engine.copy(part(`file_row_number < ${cut}`), older),
    newer: await engine.copy(part(`file_row_number >= ${cut}`), newer),
  };
}

function typed(text: string, type: ColumnSpec['type']): string {
  // An offset or a Z in the text is honoured, a text without one is UTC.
  const value = type === 'timestamp' ? `CAST(${text} AS TIMESTAMPTZ)` : `(${text})`;
  return `CAST(${value} AS ${INPUT_TYPES[type]})`;
}
