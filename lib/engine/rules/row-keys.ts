import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../engine.ts';
import type { TypedRows } from '../read/typed-rows.ts';
import { parquetRows, quoteString } from '../sql-text.ts';

/** The keys of rows that have one, cheap to scan again and again. */
export interface RowKeys {
  /** Has `_row` and the columns of the key. */
  readonly relation: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** A guess of the engine, off by some per cent. */
  readonly distinct: number;
  /** Of all their texts together, which a table of the keys holds besides its fixed part. */
  readonly textBytes: number;
}

/** Rows that lie in memory while keys are copied: 80 MB of keys of 10 kB. */
const ROW_GROUP_ROWS = 8192;

/** Lends `work` the keys; of a text file they are copied out, so that it is parsed once and not in every pass. */
export async function withRowKeys<T>(
  names: readonly string[],
  { relation, columns: known, isColumnar }: TypedRows,
  engine: Engine,
  work: (keys: RowKeys) => Promise<T>,
): Promise<T> {
  const columns = names.map((_, i) => `k${i}`);
  const values = names.map((name) => known.get(name)?.value as string);
  const projected = values.map((value, i) => `${value} AS ${columns[i]}`);
  const isKey = values.map((value) => `${value} IS NOT NULL`).join(' AND ');
  const select = `SELECT _row, ${projected.join(', ')} FROM ${relation} WHERE ${isKey}`;
  const texts = columns.filter((_, i) => known.get(names[i] as string)?.type === 'string');
  if (isColumnar) return work(await sized(`(${select})`, columns, texts, engine));
  const folder = await mkdtemp(join(tmpdir(), 'mooring-keys-'));
  try {
    const file = join(folder, 'keys.parquet');
    await copyKeys(select, file, engine);
    return await work(await sized(parquetRows(file), columns, texts, engine));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyKeys(select: string, file: string, engine: Engine): Promise<void> {
  const connection = await engine.connect();
  try {
    const options = `FORMAT parquet, ROW_GROUP_SIZE ${ROW_GROUP_ROWS}, USE_TMP_FILE false`;
    await connection.run(`COPY (${select}) TO ${quoteString(file)} (${options})`);
  } finally {
    connection.closeSync();
  }
}

async function sized(
  relation: string,
  columns: readonly string[],
  texts: readonly string[],
  engine: Engine,
): Promise<RowKeys> {
  const bytes = ['0', ...texts.map((text) => `strlen(${text})`)].join(' + ');
  const [size] = await engine.query<Pick<RowKeys, 'rows' | 'distinct' | 'textBytes'>>(
    `SELECT count(*) AS rows, approx_count_distinct(${keyHash(columns)}) AS "distinct",
       CAST(coalesce(sum(${bytes}), 0) AS DOUBLE) AS "textBytes" FROM ${relation}`,
  );
  const { rows = 0, distinct = 0, textBytes = 0 } = size ?? {};
  return { relation, columns, rows, distinct, textBytes };
}

/** Equal keys have equal hashes; they hold for one process only. */
export function keyHash(columns: readonly string[]): string {
  return `hash(${columns.join(', ')})`;
}

/** One text a key; the lengths before its parts keep `a`, `bc` and `ab`, `c` apart. */
export function keyText(columns: readonly string[]): string {
  const parts = columns.map((column) => `CAST(${column} AS VARCHAR)`);
  if (parts.length === 1) return parts[0] as string;
  return `concat_ws(', ', ${parts.map((part) => `length(${part}) || ':' || ${part}`).join(', ')})`;
}
