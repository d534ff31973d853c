import type { ColumnSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import { OWN_COLUMNS_ONLY, quoteIdentifier, quoteString } from '../sql-text.ts';
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
  const order = [...(input.orderBy ?? []).map(quoteIdentifier), '_line'].join(', ');
  const values = input.columns.map((c) => `${value(c)} AS ${quoteIdentifier(c.name)}`).join(', ');
  const once = input.distinctBy
    ? `QUALIFY row_number() OVER (PARTITION BY ${quoteIdentifier(input.distinctBy)} ORDER BY ${order}) = 1`
    : '';
  const flat = `SELECT ${values}, row_number() OVER () AS _line FROM ${lines(input)}`;
  const kept = `SELECT * FROM (${flat}) ${once}`;
  return engine.copy(`SELECT * EXCLUDE (_line) FROM (${kept}) ORDER BY ${order}`, input.output);
}

/** Every line read once into typed structs: a path apiece would parse the line again for each column. */
function lines({ files, columns }: JsonLinesToParquet): string {
  const tree = treeOf(columns);
  const fields = [...tree].map(([name, type]) => `${quoteString(name)}: ${quoteString(sqlType(type))}`);
  const options = `columns = {${fields.join(', ')}}, maximum_object_size = ${MAX_LINE_BYTES}, ${OWN_COLUMNS_ONLY}`;
  if (files.length > 0) return `read_ndjson([${files.map(quoteString).join(', ')}], ${options})`;
  const nulls = [...tree].map(([name, type]) => `CAST(NULL AS ${sqlType(type)}) AS ${quoteIdentifier(name)}`);
  return `(SELECT ${nulls.join(', ')} WHERE false)`;
}

/** Fields of an object by name: a type, or an object again. */
type Tree = Map<string, ColumnSpec['type'] | Tree>;

function treeOf(columns: readonly JsonColumn[]): Tree {
  const root: Tree = new Map();
  for (const { path, type } of columns) {
    const names = namesOf(path);
    let node = root;
    for (const name of names.slice(0, -1)) {
      const below = node.get(name);
      const next: Tree = below instanceof Map ? below : new Map();
      node.set(name, next);
      node = next;
    }
    node.set(names.at(-1) as string, type);
  }
  return root;
}

function sqlType(type: ColumnSpec['type'] | Tree): string {
  if (!(type instanceof Map)) return type === 'timestamp' ? 'TIMESTAMPTZ' : INPUT_TYPES[type];
  const fields = [...type].map(([name, field]) => `${quoteIdentifier(name)} ${sqlType(field)}`);
  return `STRUCT(${fields.join(', ')})`;
}

/** `$.input."a b"` as its names. */
function namesOf(path: string): readonly string[] {
  const steps = [...path.matchAll(/\.(?:"((?:[^"\\]|\\.)*)"|([^."]+))/g)];
  return steps.map(([, quoted, bare]) => bare ?? (quoted ?? '').replaceAll(/\\(.)/g, '$1'));
}

function value({ path, type }: JsonColumn): string {
  const field = namesOf(path).map(quoteIdentifier).join('.');
  // An offset or a Z in the text was honoured, a text without one is UTC.
  return type === 'timestamp' ? `CAST(${field} AS TIMESTAMP)` : field;
}
