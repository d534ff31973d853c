import type { Engine } from '../engine.ts';
import { parquetRows, quoteIdentifier, quoteString } from '../sql-text.ts';
import type { AnyColumn } from './any-column.ts';
import { columnGroups } from './column-groups.ts';
import { mismatchName, parsedColumn } from './parsed-column.ts';
import type { Source } from './source.ts';

/** Values that lie in memory until their row group is written: some hundred megabytes of texts. */
const CELLS_A_ROW_GROUP = 4_000_000;
const ROW_GROUP_ROWS = { least: 2048, most: 122_880 };

/**
 * Writes the rows of a file as Parquet of the types that its columns have: columns by their names, and where a value may be of the
 * wrong type, whether it is. Thousands of columns are written in parts beside the output, which are then put together.
 */
export async function copyTyped(
  source: Source,
  columns: readonly AnyColumn[],
  output: string,
  engine: Engine,
): Promise<void> {
  const groups = columnGroups(columns);
  if (groups.length <= 1) return write(typedRows(source, columns), columns.length, output, engine);
  const parts: string[] = [];
  for (const [i, some] of groups.entries()) {
    const part = `${output}.${i}.parquet`;
    await write(typedRows(source, some), some.length, part, engine);
    parts.push(parquetRows(part));
  }
  await write(`SELECT * FROM ${parts.join(' POSITIONAL JOIN ')}`, columns.length, output, engine);
}

function typedRows(source: Source, columns: readonly AnyColumn[]): string {
  const projected = columns.flatMap((column) => {
    const as = quoteIdentifier(column.name);
    if (column.native) return [as];
    const { name, type } = column;
    const { value, raw, unreadable, wrongType } = parsedColumn({ ...UNCHECKED, name, type }, source);
    const isWrong = wrongType === undefined ? unreadable : `${raw} IS NOT NULL`;
    return [
      `${value} AS ${as}`,
      ...(isWrong === 'false' ? [] : [`${isWrong} AS ${quoteIdentifier(mismatchName(name))}`]),
    ];
  });
  const rows = source.format === 'jsonl' ? ` WHERE json_type(json) = 'OBJECT'` : '';
  return `SELECT ${projected.join(', ')} FROM ${source.relation}${rows}`;
}

const UNCHECKED = { nullable: true, tolerance: 0 } as const;

async function write(select: string, columns: number, output: string, engine: Engine): Promise<void> {
  const { least, most } = ROW_GROUP_ROWS;
  const rows = Math.max(least, Math.min(most, Math.floor(CELLS_A_ROW_GROUP / columns)));
  const connection = await engine.connect();
  try {
    await connection.run(
      `COPY (${select}) TO ${quoteString(output)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rows}, USE_TMP_FILE false)`,
    );
  } finally {
    connection.closeSync();
  }
}
