import type { ColumnSpec } from '../domain/spec.ts';
import type { Engine } from './engine.ts';
import { quoteIdentifier, quoteString } from './sql-text.ts';
import { INPUT_TYPES } from './typed-input.ts';

export interface JsonColumn {
  readonly name: string;
  /** Where the value is in a line: `$.input.temp`. */
  readonly path: string;
  readonly type: ColumnSpec['type'];
}

export interface JsonLinesToParquet {
  /** `.jsonl` or `.jsonl.gz`, all written by us: a line that is no JSON is an error. */
  readonly files: readonly string[];
  readonly columns: readonly JsonColumn[];
  /** Of rows equal in this column only the first by `orderBy` (else in file order) is kept. */
  readonly distinctBy?: string;
  readonly orderBy?: readonly string[];
  readonly output: string;
}

/** A log line of the platform's own is far shorter; a longer one is an error, not a lost row. */
const MAX_LINE_BYTES = 16_777_216;

/** Flattens logs into one Parquet file, sorted by `orderBy`; how many rows. */
export async function jsonLinesToParquet(input: JsonLinesToParquet, engine: Engine): Promise<number> {
  const order = [...(input.orderBy ?? []).map(quoteIdentifier), '_file', '_line'].join(', ');
  const files = input.files
    .map((file, i) => `SELECT json, ${i} AS _file, row_number() OVER () AS _line FROM ${lines(file)}`)
    .join(' UNION ALL ');
  const empty = 'SELECT NULL::JSON AS json, 0 AS _file, 0 AS _line WHERE false';
  const values = input.columns.map((c) => `${value(c)} AS ${quoteIdentifier(c.name)}`).join(', ');
  const once = input.distinctBy
    ? `QUALIFY row_number() OVER (PARTITION BY ${quoteIdentifier(input.distinctBy)} ORDER BY ${order}) = 1`
    : '';
  const flat = `SELECT ${values}, _file, _line FROM (${files || empty})`;
  const kept = `SELECT * FROM (${flat}) ${once}`;
  return engine.copy(`SELECT * EXCLUDE (_file, _line) FROM (${kept}) ORDER BY ${order}`, input.output);
}

function lines(file: string): string {
  return `read_ndjson_objects(${quoteString(file)}, maximum_object_size = ${MAX_LINE_BYTES})`;
}

function value({ path, type }: JsonColumn): string {
  const text = `json ->> ${quoteString(path)}`;
  return `CAST(${type === 'timestamp' ? `CAST(${text} AS TIMESTAMPTZ)` : `(${text})`} AS ${INPUT_TYPES[type]})`;
}
