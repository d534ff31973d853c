import type { DuckDBConnection } from '@duckdb/node-api';
import type { FileFormat } from './file-format.ts';
import { readRows } from './result-rows.ts';
import { quoteIdentifier, quoteString } from './sql-text.ts';

/** A raw file as a relation, and the columns it has. */
export interface Source {
  readonly format: FileFormat;
  /** Has `_row`, the 1-based number of the row, beside the file's own columns. */
  readonly relation: string;
  readonly columns: readonly SourceColumn[];
}

export interface SourceColumn {
  readonly name: string;
  /** DuckDB's type of a Parquet column; VARCHAR for CSV, JSON for JSON Lines. */
  readonly type: string;
}

/** Rows of a JSON Lines file whose keys are looked at to know its columns. */
const KEYS_SAMPLE_ROWS = 10_000;

/** Every line, longer ones included, as a text column of one CSV field would have them: 2 MiB. */
const MAX_LINE_BYTES = 2_097_152;

/** Reads the file's schema. Throws the engine's error when the file cannot be read at all. */
export async function openSource(file: string, format: FileFormat, connection: DuckDBConnection): Promise<Source> {
  const relation = numbered(READERS[format](file));
  if (format !== 'jsonl') {
    const described = await readRows(connection, `DESCRIBE ${READERS[format](file)}`);
    const columns = described.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
    return { format, relation, columns };
  }
  const sample = `SELECT json FROM (${READERS.jsonl(file)}) LIMIT ${KEYS_SAMPLE_ROWS}`;
  const keys = await readRows(
    connection,
    `SELECT DISTINCT unnest(json_keys(json)) AS key FROM (${sample}) WHERE json_type(json) = 'OBJECT' ORDER BY key`,
  );
  return { format, relation, columns: keys.map((row) => ({ name: String(row.key), type: 'JSON' })) };
}

/**
 * How each format is read: as little interpreted as can be, so that `parsedColumn` decides what a value is. A CSV's broken rows
 * are skipped here; `validate-file` finds and counts them.
 */
const READERS: Readonly<Record<FileFormat, (file: string) => string>> = {
  parquet: (file) => `SELECT * FROM read_parquet(${quoteString(file)})`,
  csv: (file) => `SELECT * FROM ${csvReader(file, 'ignore_errors = true')}`,
  jsonl: (file) =>
    `SELECT json FROM read_ndjson_objects(${quoteString(file)}, ignore_errors = true, maximum_object_size = ${MAX_LINE_BYTES})`,
};

/** RFC 4180: comma, quotes doubled, a header; every value a text, an empty one null. */
export function csvReader(file: string, errors: string): string {
  const dialect = `delim = ',', quote = '"', escape = '"', header = true, all_varchar = true, nullstr = '', strict_mode = true`;
  return `read_csv(${quoteString(file)}, ${dialect}, max_line_size = ${MAX_LINE_BYTES}, ${errors})`;
}

function numbered(reader: string): string {
  return `(SELECT row_number() OVER () AS _row, * FROM (${reader}))`;
}

/** The raw value of a column in the source's relation. */
export function rawColumn(source: Source, name: string): string {
  return source.format === 'jsonl' ? `(json -> ${quoteString(`$.${quoteIdentifier(name)}`)})` : quoteIdentifier(name);
}
