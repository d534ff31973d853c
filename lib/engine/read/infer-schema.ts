import type { ColumnFacts } from '../../domain/constraints/column-facts.ts';
import { type SchemaProposal, schemaProposal } from '../../domain/constraints/schema-proposal.ts';
import { columnName } from '../../domain/spec/columns.ts';
import { type Engine, openEngine } from '../engine.ts';
import type { AnyColumn } from './any-column.ts';
import { anyColumns } from './any-columns.ts';
import { countBrokenRows } from './broken-rows.ts';
import { countRows, factsOfSome, SAMPLE_ROWS } from './column-facts.ts';
import { COLUMNS_AT_ONCE, columnGroups } from './column-groups.ts';
import { readingAnyLines } from './even-lines.ts';
import type { FileFormat } from './file-format.ts';
import { parsedColumn } from './parsed-column.ts';
import { readableFormat } from './readable-format.ts';
import { openSource, type Source } from './source.ts';
import { sayingWhatIsWrong, UnreadableFileError } from './unreadable-file.ts';

/**
 * The schema and constraints that a file suggests. Types come from the form of a sample and are then held against all rows.
 *
 * @param name what people call the file
 * Throws UnreadableFileError, with a sentence, for what is no such file, is harmed, has no rows or nested columns.
 */
export async function inferSchema(
  { file, name = file }: { readonly file: string; readonly name?: string },
  engine: Engine,
): Promise<SchemaProposal> {
  const format = await readableFormat(file, name);
  return sayingWhatIsWrong(name, () =>
    readingAnyLines(file, format, (read) => schemaOf(read, format, name, engine)),
  );
}

async function schemaOf(
  file: string,
  format: FileFormat,
  name: string,
  engine: Engine,
): Promise<SchemaProposal> {
  const source = await openSource(file, format, engine);
  await countBrokenRows(source, file, name, engine);
  const found = await anyColumns(source, name, engine);
  const leftOut = found.flatMap((column) => {
    const because = whyLeftOut(column, source);
    return because === undefined ? [] : [{ wanted: column.name, because: [because] }];
  });
  const outside = new Set(leftOut.map(({ wanted }) => wanted));
  const kept = found.filter((column) => !outside.has(column.name));
  if (kept.length === 0)
    throw new UnreadableFileError(`${name} has no column that a spec can hold: ${leftOut[0]?.because}`);
  const rows = await countRows(source, engine);
  if (rows === 0) throw new UnreadableFileError(`${name} has no rows to learn a schema from`);
  const facts = await factsOf(kept, rows, source, engine);
  return schemaProposal(facts, { rows, sampledRows: Math.min(rows, SAMPLE_ROWS), leftOut });
}

/** Undefined for a column that a spec can hold. */
function whyLeftOut({ name, type }: AnyColumn, source: Source): string | undefined {
  if (!columnName.safeParse(name).success) return 'a spec cannot name it: rename it in the data';
  const { wrongType } = parsedColumn({ name, type, nullable: true, tolerance: 0 }, source);
  return wrongType && `no type of a spec reads ${wrongType}: write it as text, number or timestamp`;
}

/** The same with an engine of its own, for who has no other use for one. */
export async function inferSchemaAlone(input: {
  readonly file: string;
  readonly name: string;
}): Promise<SchemaProposal> {
  const engine = await openEngine();
  try {
    return await inferSchema(input, engine);
  } finally {
    engine.close();
  }
}

/** Values that a sample holds at once: of texts, some hundred megabytes. */
const SAMPLE_CELLS = 10_000_000;

async function factsOf(
  columns: readonly AnyColumn[],
  rows: number,
  source: Source,
  engine: Engine,
): Promise<readonly ColumnFacts[]> {
  const atOnce = Math.min(COLUMNS_AT_ONCE, Math.ceil(SAMPLE_CELLS / Math.min(rows, SAMPLE_ROWS)));
  const facts: ColumnFacts[] = [];
  for (const some of columnGroups(columns, atOnce)) facts.push(...(await factsOfSome(some, source, engine)));
  return facts;
}
