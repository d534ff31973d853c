import type { Engine } from '../engine.ts';
import { parquetRows } from '../sql-text.ts';

/** What is profiled: a relation whose row count is known without trusting a scan. */
export interface ProfiledRelation {
  /** Goes after FROM. */
  readonly sql: string;
  /** By the footers of its files. */
  readonly rows: number;
  /** DuckDB's type of each column. */
  readonly types: ReadonlyMap<string, string>;
}

/** The rows [from, to) of a file. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** Parquet files as one relation, or a range of the rows of one. Throws for a range that the file does not have. */
export async function profiledRelation(
  file: string | readonly string[],
  range: RowRange | undefined,
  engine: Engine,
): Promise<ProfiledRelation> {
  const files = typeof file === 'string' ? [file] : file;
  const whole = parquetRows(files);
  const described = await engine.query<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${whole}`,
  );
  const types = new Map(described.map((row) => [row.column_name, row.column_type]));
  const [counted] = await engine.query<{ rows: number }>(`SELECT count(*) AS rows FROM ${whole}`);
  const rows = counted?.rows ?? 0;
  if (range === undefined) return { sql: whole, rows, types };
  if (files.length !== 1 || range.from < 0 || range.to > rows || range.from > range.to)
    throw new Error(`a range lies within the ${rows} rows of one file, got ${range.from} to ${range.to}`);
  const numbered = parquetRows(files, 'file_row_number');
  const sql = `(SELECT * EXCLUDE (file_row_number) FROM ${numbered} WHERE file_row_number >= ${range.from} AND file_row_number < ${range.to})`;
  return { sql, rows: range.to - range.from, types };
}
