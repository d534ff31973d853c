import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { footerBytes, footerOfRange, rowGroupsOf } from '../../../lib/domain/data/row-groups.ts';
import { type Engine, openEngine } from '../../../lib/engine/engine.ts';
import { withTempFolder } from '../../../lib/runtime/temp-folder.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

/** 10,000 rows in row groups of 2,048, with texts, nulls, a dictionary, nested values and statistics. */
const ROWS = `SELECT i, 'name-' || (i % 7) AS name, CASE WHEN i % 3 = 0 THEN NULL ELSE i / 7 END AS x,
  [i, i + 1] AS pair, {'a': i % 5 = 0} AS flag FROM range(10000) t(i)`;

async function withParquet<T>(work: (file: string, folder: string) => Promise<T>): Promise<T> {
  return withTempFolder(async (folder) => {
    const file = join(folder, 'all.parquet');
    const connection = await engine.connect();
    await connection.run(`COPY (${ROWS}) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
    connection.closeSync();
    return work(file, folder);
  });
}

async function footerOf(file: string): Promise<Buffer> {
  const bytes = await readFile(file);
  return bytes.subarray(bytes.length - (footerBytes(bytes.subarray(-8)) ?? 0));
}

describe('the row groups of a Parquet file', () => {
  it('are read from its footer as the engine reads them', () =>
    withParquet(async (file) => {
      const groups = rowGroupsOf(await footerOf(file));
      expect(groups.map((group) => group.rows)).toEqual([2048, 2048, 2048, 2048, 1808]);
      const engines = await engine.query<{ first: number; last: number }>(
        `SELECT min(coalesce(dictionary_page_offset, data_page_offset)) AS first,
                max(coalesce(dictionary_page_offset, data_page_offset) + total_compressed_size) AS last
         FROM parquet_metadata('${file}') GROUP BY row_group_id ORDER BY row_group_id`,
      );
      expect(groups.map(({ startByte, endByte }) => ({ first: startByte, last: endByte }))).toEqual(engines);
    }));

  it.each([
    [0, 1],
    [1, 4],
    [4, 5],
    [0, 5],
  ])('%i to %i are a file by themselves, though nothing but their bytes is there', (first, end) =>
    withParquet(async (file, folder) => {
      const footer = await footerOf(file);
      const groups = rowGroupsOf(footer).slice(first, end);
      const [startByte, endByte] = [groups[0]?.startByte ?? 0, groups.at(-1)?.endByte ?? 0];
      const part = join(folder, 'part.parquet');
      const bytes = await readFile(file);
      const handle = await open(part, 'w');
      await handle.write(bytes.subarray(0, 4), 0, 4, 0);
      await handle.write(bytes.subarray(startByte, endByte), 0, endByte - startByte, startByte);
      const cut = footerOfRange(footer, first, end);
      await handle.write(cut, 0, cut.length, bytes.length - footer.length);
      await handle.close();
      const from = first * 2048;
      const sql = (name: string, where = '') => `SELECT * FROM read_parquet('${name}') ${where} ORDER BY i`;
      expect(await engine.query(sql(part))).toEqual(
        await engine.query(sql(file, `WHERE i >= ${from} AND i < ${Math.min(10_000, end * 2048)}`)),
      );
    }),
  );

  it('are not read from what is no Parquet footer', async () => {
    expect(footerBytes(Buffer.from('no parq.'))).toBeUndefined();
    expect(() => rowGroupsOf(Buffer.from([0x15, 0x02]))).toThrow(RangeError);
    await withParquet(async (file, folder) => {
      const cut = join(folder, 'cut.parquet');
      await writeFile(cut, (await readFile(file)).subarray(0, -60));
      expect(footerBytes((await readFile(cut)).subarray(-8))).toBeUndefined();
    });
  });
});
