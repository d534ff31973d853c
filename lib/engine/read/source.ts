import type { Engine } from '../engine.ts';
import { OWN_COLUMNS_ONLY, parquetRows, quoteIdentifier, quoteString } from '../sql-text.ts';
import { csvHeader } from './csv-header.ts';
import type { FileFormat } from './file-format.ts';
import { isUtf8 } from './is-utf8.ts';
import { parquetColumns } from './parquet-columns.ts';
import type { SourceColumn } from './source-column.ts';
import { UnreadableContentError } from './unreadable-file.ts';

/** A raw file as a relation, and the columns it has. */
export interface Source {
  readonly format: FileFormat;
  /** Has `_row`, the 1-based number of the row, beside the file's own columns; of Parquet `file_row_number` too, which can be looked up. */
  readonly relation: string;
  readonly columns: readonly SourceColumn[];
  /**
   * Whether every column of a CSV file is read for whichever is asked. The engine leaves out a row with bytes that are no UTF-8 only
   * when it reads their column, and the rows would be numbered now in this way and now in that.
   */
  readonly readsAll?: boolean;
}

/** A JSON Lines file of more different keys has something in its keys that belongs into values. */
const MAX_KEYS = 20_000;

/** A longer line is broken: 2 MiB, DuckDB's own default for CSV. */
const MAX_LINE_BYTES = 2_097_152;

/** Reads the file's schema. Throws when the file cannot be read at all. */
export async function openSource(
  file: string,
  format: FileFormat,
  engine: Pick<Engine, 'query'>,
): Promise<Source> {
  if (format === 'csv') {
    const names = await csvHeader(file);
    const columns = names.map((name) => ({ name, type: 'VARCHAR' }));
    const readsAll = !(await isUtf8(file));
    const reader = `SELECT * FROM ${csvReader(file, names, 'ignore_errors = true')}`;
    const rows = readsAll
      ? `${reader} WHERE hash(${names.map(quoteIdentifier).join(', ')}) IS NOT NULL`
      : reader;
    return { format, relation: numbered(rows), columns, readsAll };
  }
  if (format === 'parquet') {
    // The file counts its rows itself.
    const relation = `(SELECT file_row_number + 1 AS _row, * FROM ${parquetRows(file, 'file_row_number')})`;
    return { format, relation, columns: await parquetColumns(file, engine) };
  }
  const lines = `SELECT json FROM read_ndjson_objects(${quoteString(file)}, ignore_errors = true, maximum_object_size = ${MAX_LINE_BYTES}, ${OWN_COLUMNS_ONLY})`;
  const keys = await keysOf(lines, engine);
  return { format, relation: numbered(lines), columns: keys.map((name) => ({ name, type: 'JSON' })) };
}

/** The keys of all lines: one may come late. As much work as reading two or three columns. */
async function keysOf(lines: string, engine: Pick<Engine, 'query'>): Promise<readonly string[]> {
  const keys = await engine.query<{ key: string }>(
    `SELECT key FROM (SELECT DISTINCT unnest(json_keys(json)) AS key FROM (${lines}) WHERE json_type(json) = 'OBJECT'
     LIMIT ${MAX_KEYS + 1}) ORDER BY key`,
  );
  if (keys.length > MAX_KEYS)
    throw new UnreadableContentError(
      `the lines have more than ${MAX_KEYS} different keys, wanted the same in all: put what differs into values`,
    );
  return keys.map(({ key }) => key);
}

/**
 * RFC 4180: comma, quotes doubled, a header; every value a text, an empty one null. As little is interpreted as can be, so that
 * `parsedColumn` decides what a value is.
 */
export function csvReader(file: string, names: readonly string[], errors: string): string {
  const columns = names.map((name) => `${quoteString(name)}: 'VARCHAR'`).join(', ');
  const dialect = `auto_detect = false, delim = ',', quote = '"', escape = '"', header = true, nullstr = ''`;
  return `read_csv(${quoteString(file)}, columns = {${columns}}, ${dialect}, max_line_size = ${MAX_LINE_BYTES}, ${OWN_COLUMNS_ONLY}, ${errors})`;
}

function numbered(reader: string): string {
  return `(SELECT row_number() OVER () AS _row, * FROM (${reader}))`;
}

/** The raw value of a column in the source's relation. */
export function rawColumn(source: Source, name: string): string {
  return source.format === 'jsonl' ? `(json -> ${quoteString(pointerTo(name))})` : quoteIdentifier(name);
}

/** A key as a JSON pointer (RFC 6901), in which no character but two means anything. */
function pointerTo(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
