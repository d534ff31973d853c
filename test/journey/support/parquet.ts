import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../../../lib/engine/engine.ts';

/** Rows as a Parquet file; `select` may change them on the way: `* REPLACE (temp::VARCHAR AS temp)`. */
export async function parquetOf(rows: string, select = '*', where = 'true'): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-parquet-'));
  const engine = await openEngine();
  try {
    const [lines, parquet] = [join(folder, 'rows.jsonl'), join(folder, 'rows.parquet')];
    await writeFile(lines, rows);
    await engine.copy(`SELECT ${select} FROM read_json('${lines}') WHERE ${where}`, parquet);
    return await readFile(parquet);
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}
