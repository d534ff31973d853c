import { ruleOfObject } from '../../domain/data/object-rules.ts';
import { MAX_EXAMPLES } from '../../domain/data/settle-findings.ts';
import type { Finding } from '../../domain/findings.ts';
import type { Engine } from '../engine.ts';
import { readRows } from '../result-rows.ts';
import { blankLinesBefore } from './blank-lines.ts';
import { csvReader, type Source } from './source.ts';
import { UnreadableFileError } from './unreadable-file.ts';

/** Rows of a text file that are no rows at all: a wrong number of fields, an open quote, a line that is no JSON object. */
export interface BrokenRows {
  /** 1-based, ascending. */
  readonly numbers: readonly number[];
  /** What is wrong with the first. */
  readonly firstReason?: string;
  readonly finding?: Finding;
  /** The row with a quote that is never closed: it has swallowed every row after it. */
  readonly openQuote?: number;
}

/** What a person sees of a broken row. */
const SHOWN_CHARACTERS = 200;

export async function brokenRows(
  source: Source,
  file: string,
  object: string,
  engine: Engine,
): Promise<BrokenRows> {
  const found =
    source.format === 'csv' ? await brokenCsv(source, file, engine) : await brokenJson(source, engine);
  if (found.length === 0) return { numbers: [] };
  const finding: Finding = {
    ...ruleOfObject('row-unreadable', object, `has ${found.length} broken rows; the first: ${found[0]?.why}`),
    rows: found.length,
    examples: found
      .slice(0, MAX_EXAMPLES)
      .map(({ row, text }) => ({ row, value: text.slice(0, SHOWN_CHARACTERS) })),
  };
  const open = found.find(({ why }) => /unterminated quote/i.test(why));
  return {
    numbers: found.map(({ row }) => row),
    firstReason: found[0]?.why ?? '',
    finding,
    ...(open && { openQuote: open.row }),
  };
}

/** How many rows of a file are none, and the first of them. */
export interface BrokenCount {
  readonly count: number;
  readonly first?: { readonly row: number; readonly reason: string };
}

/** Throws UnreadableFileError for an open quote: nobody knows what rows it has swallowed. */
export async function countBrokenRows(
  source: Source,
  file: string,
  name: string,
  engine: Engine,
): Promise<BrokenCount> {
  if (source.format === 'parquet') return { count: 0 };
  const { numbers, firstReason = '', openQuote } = await brokenRows(source, file, name, engine);
  if (openQuote !== undefined)
    throw new UnreadableFileError(
      `${name} has a quote in row ${openQuote} that is never closed, and no row after it`,
    );
  const [row] = numbers;
  return { count: numbers.length, ...(row !== undefined && { first: { row, reason: firstReason } }) };
}

interface Broken {
  readonly row: number;
  readonly text: string;
  readonly why: string;
}

async function brokenCsv(source: Source, file: string, engine: Engine): Promise<readonly Broken[]> {
  const names = source.columns.map((column) => column.name);
  const rejects =
    "store_rejects = true, rejects_table = 'broken', rejects_scan = 'broken_scans', rejects_limit = 0";
  const connection = await engine.connect();
  try {
    await connection.run(
      `SELECT count(${source.readsAll ? 'COLUMNS(*)' : '*'}) FROM ${csvReader(file, names, rejects)}`,
    );
    // A row may have several errors.
    const rows = await readRows(
      connection,
      `SELECT line, any_value(csv_line) AS text, any_value(error_message) AS why
       FROM broken GROUP BY line ORDER BY line`,
    );
    await connection.run('DROP TABLE broken; DROP TABLE broken_scans');
    if (rows.length === 0) return [];
    const lines = rows.map(({ line }) => Number(line));
    // In a file of one column a blank line is a row without a value.
    const blank = names.length === 1 ? [] : await blankLinesBefore(file, lines);
    // The header is line 1.
    return rows.map(({ text, why }, i) => ({
      row: (lines[i] as number) - 1 - (blank[i] ?? 0),
      text: String(text ?? '').trimStart(),
      why: String(why).split('\n')[0] ?? '',
    }));
  } finally {
    connection.closeSync();
  }
}

async function brokenJson(source: Source, engine: Engine): Promise<readonly Broken[]> {
  const rows = await engine.query<{ row: number; text: string }>(
    `SELECT _row AS "row", coalesce(CAST(json AS VARCHAR), '') AS text FROM ${source.relation}
     WHERE json_type(json) IS DISTINCT FROM 'OBJECT' ORDER BY _row`,
  );
  return rows.map((row) => ({ ...row, why: `line ${row.row} is no JSON object` }));
}
