import type { DuckDBConnection } from '@duckdb/node-api';
import type { Binning } from '../domain/profile/binning.ts';
import type { NumericProfile } from '../domain/profile/column-profile.ts';
import { addChunk } from '../domain/profile/count-numbers.ts';
import { emptyColumn, type Profile } from '../domain/profile/profile.ts';
import type { Engine } from './engine.ts';
import { profileCategories } from './profile-categories.ts';
import { type RawObject, withProfileFile } from './profile-object.ts';
import { quoteIdentifier, quoteString } from './sql-text.ts';

export interface ProfileFile {
  /** Parquet whose columns are named as in the binning; `_time` gives the time range. */
  readonly file: string | readonly string[];
  readonly binning: Binning;
  /** Unique id of the rows counted. */
  readonly source: string;
}

/** The profile of a file under a binning. A column that the file lacks counts as null throughout. */
export async function profileFile({ file, binning, source }: ProfileFile, engine: Engine): Promise<Profile> {
  const files = typeof file === 'string' ? [file] : file;
  const relation = `read_parquet([${files.map(quoteString).join(', ')}])`;
  const described = await engine.query<{ column_name: string }>(`DESCRIBE SELECT * FROM ${relation}`);
  const present = new Set(described.map((row) => row.column_name));
  const range = present.has('_time')
    ? 'min(_time) AS "from", max(_time) AS "to"'
    : 'NULL AS "from", NULL AS "to"';
  const [whole] = await engine.query<{ rows: number; from: string | null; to: string | null }>(
    `SELECT count(*) AS rows, ${range} FROM ${relation}`,
  );
  const { rows, from, to } = whole as { rows: number; from: string | null; to: string | null };
  const categories = await profileCategories(relation, present, binning, rows, engine);
  const numbers = await profileNumbers(relation, present, binning, rows, engine);
  return {
    version: 1,
    binningId: binning.id,
    rows,
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    sources: [source],
    columns: Object.fromEntries(
      Object.keys(binning.columns).map((name) => [name, numbers[name] ?? categories[name]]),
    ) as Profile['columns'],
  };
}

/** The profile of a raw object of a dataset: its inputs and its features. */
export async function profileObject(
  object: RawObject & { readonly binning: Binning; readonly source: string },
  engine: Engine,
): Promise<Profile> {
  return withProfileFile(object, engine, (file) =>
    profileFile({ file, binning: object.binning, source: object.source }, engine),
  );
}

async function profileNumbers(
  relation: string,
  present: ReadonlySet<string>,
  binning: Binning,
  rows: number,
  engine: Engine,
): Promise<Record<string, NumericProfile>> {
  const profiles: Record<string, NumericProfile> = {};
  const edges: [string, Float64Array][] = [];
  for (const [name, column] of Object.entries(binning.columns)) {
    if (column.kind !== 'numeric') continue;
    const empty = emptyColumn(column) as NumericProfile;
    profiles[name] = present.has(name) ? empty : { ...empty, counts: { ...empty.counts, null: rows } };
    if (present.has(name)) edges.push([name, Float64Array.from(column.edges)]);
  }
  if (edges.length === 0) return profiles;
  const connection = await engine.connect();
  try {
    await scan(connection, relation, edges, profiles, rows);
  } finally {
    connection.closeSync();
  }
  return profiles;
}

/** One scan for all columns. A streamed result ends silently when a later row fails, so the rows seen are counted. */
async function scan(
  connection: DuckDBConnection,
  relation: string,
  edges: readonly [string, Float64Array][],
  profiles: Record<string, NumericProfile>,
  rows: number,
): Promise<void> {
  const select = edges.map(([name]) => `CAST(${quoteIdentifier(name)} AS DOUBLE)`).join(', ');
  const result = await connection.stream(`SELECT ${select} FROM ${relation}`);
  let seen = 0;
  for (
    let chunk = await result.fetchChunk();
    chunk !== null && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    seen += chunk.rowCount;
    edges.forEach(([name, columnEdges], i) => {
      const values = chunk.getColumnValues(i) as (number | null)[];
      profiles[name] = addChunk(profiles[name] as NumericProfile, values, columnEdges);
    });
  }
  if (seen !== rows) throw new Error(`a profile counts every row, got ${seen} of ${rows}`);
}
