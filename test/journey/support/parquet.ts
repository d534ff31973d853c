import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FOOTER_TAIL_BYTES, footerBytes } from '../../../lib/domain/data/row-groups.ts';
import { readStruct, zigzagVarint } from '../../../lib/domain/data/thrift-compact.ts';
import { type Engine, openEngine } from '../../../lib/engine/engine.ts';

/** Rows as a Parquet file; `select` may change them on the way: `* REPLACE (temp::VARCHAR AS temp)`. */
export function parquetOf(rows: string, select = '*', where = 'true'): Promise<Uint8Array> {
  return throughFiles(rows, (engine, lines, parquet) =>
    engine.copy(`SELECT ${select} FROM read_json('${lines}') WHERE ${where}`, parquet),
  );
}

/** Rows as a Parquet file of several row groups. */
export function parquetInGroups(rows: string, rowsPerGroup: number): Promise<Uint8Array> {
  return throughFiles(rows, async (engine, lines, parquet) => {
    const connection = await engine.connect();
    const options = `FORMAT parquet, ROW_GROUP_SIZE ${rowsPerGroup}`;
    await connection.run(`COPY (SELECT * FROM read_json('${lines}')) TO '${parquet}' (${options})`);
    connection.closeSync();
  });
}

/** The same file with a footer that promises another number of rows, as if an engine stopped before them. */
export function withRowsInFooter(parquet: Uint8Array, rows: number): Uint8Array {
  const size = footerBytes(parquet.subarray(-FOOTER_TAIL_BYTES)) ?? 0;
  const footer = parquet.subarray(parquet.length - size);
  const { value, end } = readStruct(footer);
  const promised = value.get(ROWS_FIELD);
  if (promised === undefined) throw new Error('a Parquet footer names its rows, got none');
  const changed = [
    footer.subarray(0, promised.start),
    zigzagVarint(rows),
    footer.subarray(promised.end, end),
  ];
  const tail = Buffer.from(parquet.subarray(-FOOTER_TAIL_BYTES));
  tail.writeUInt32LE(
    changed.reduce((sum, part) => sum + part.length, 0),
    0,
  );
  return Buffer.concat([parquet.subarray(0, parquet.length - size), ...changed, tail]);
}

/** `num_rows` of parquet.thrift's `FileMetaData`. */
const ROWS_FIELD = 3;

async function throughFiles(
  rows: string,
  write: (engine: Engine, lines: string, parquet: string) => Promise<unknown>,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-parquet-'));
  const engine = await openEngine();
  try {
    const [lines, parquet] = [join(folder, 'rows.jsonl'), join(folder, 'rows.parquet')];
    await writeFile(lines, rows);
    await write(engine, lines, parquet);
    return await readFile(parquet);
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}
