import type { Engine } from '../engine.ts';
import { quoteIdentifier } from '../sql-text.ts';
import { columnGroups } from './column-groups.ts';
import { rawColumn, type Source } from './source.ts';
import type { SourceColumn } from './source-column.ts';

/** Rows looked at of a file of so many columns: enough for certainty, few enough for thousands of columns. */
const SAMPLE_CELLS = 2_000_000;
const SAMPLE_ROWS = { least: 500, most: 20_000 };

/** Of a longer text the beginning says what it is. */
const SAMPLE_CHARACTERS = 256;

/**
 * The first texts of the columns by their names, without those that are missing. A text of JSON
 * begins with its quote, which tells the text "1" from the number 1.
 */
export async function sampleTexts(
  source: Source,
  engine: Pick<Engine, 'query'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const texts = source.columns.filter((c) => source.format !== 'parquet' || c.type === 'VARCHAR');
  const { least, most } = SAMPLE_ROWS;
  const rows = Math.max(least, Math.min(most, Math.floor(SAMPLE_CELLS / Math.max(1, texts.length))));
  const samples = new Map<string, readonly string[]>();
  for (const sample of [firstRows, firstValues]) {
    // A column may have no value in the first rows.
    const open = texts.filter(({ name }) => (samples.get(name) ?? []).length === 0);
    for (const some of columnGroups(open))
      for (const [name, values] of await sample(some, source, engine, rows)) samples.set(name, values);
  }
  return samples;
}

type Samples = readonly (readonly [string, readonly string[]])[];

/** The values of the first rows. */
async function firstRows(
  columns: readonly SourceColumn[],
  source: Source,
  engine: Pick<Engine, 'query'>,
  rows: number,
): Promise<Samples> {
  const selected = columns.map(({ name }, i) => `${textOf(source, name)} AS c${i}`);
  // Of a Parquet file the engine reads more rows at once for a limit than memory has for long texts.
  const first = source.format === 'parquet' ? `WHERE _row <= ${rows}` : `LIMIT ${rows}`;
  const found = await engine.query<Record<string, string | null>>(
    `SELECT ${selected.join(', ')} FROM ${source.relation} ${first}`,
  );
  return columns.map(({ name }, i) => [name, found.flatMap((row) => row[`c${i}`] ?? [])]);
}

/** The first values of each column, in whatever rows they are. */
async function firstValues(
  columns: readonly SourceColumn[],
  source: Source,
  engine: Pick<Engine, 'query'>,
): Promise<Samples> {
  const selected = columns.map(
    ({ name }, i) => `arg_min(${textOf(source, name)}, _row, ${SAMPLE_ROWS.least}) AS c${i}`,
  );
  const [found] = await engine.query<Record<string, string[] | null>>(
    `SELECT ${selected.join(', ')} FROM ${source.relation}`,
  );
  return columns.map(({ name }, i) => [name, found?.[`c${i}`] ?? []]);
}

function textOf(source: Source, name: string): string {
  if (source.format !== 'jsonl') return `left(${quoteIdentifier(name)}, ${SAMPLE_CHARACTERS})`;
  const json = rawColumn(source, name);
  const text = (start: string, whole: string) => `${start}left(${whole}, ${SAMPLE_CHARACTERS})`;
  return `CASE json_type(${json}) WHEN 'NULL' THEN NULL WHEN 'VARCHAR' THEN ${text(`'"' || `, `${json} ->> '$'`)}
    ELSE ${text('', `CAST(${json} AS VARCHAR)`)} END`;
}
