import { describe, expect, it } from 'vitest';
import { readParquetRows, writeParquetRows } from '../../lib/engine/read/rows.ts';
import { parquetRows } from '../../lib/engine/sql-text.ts';
import { anEngine } from './a-folder.ts';

const { engine, path } = anEngine();
const ROUNDS = 300;

describe('a file that is written again under its name', () => {
  it('is read as it is now, however soon', async () => {
    const file = path('again.parquet');
    const columns = [
      { name: 'id', type: 'string' },
      { name: 'other', type: 'string' },
    ] as const;
    for (let round = 0; round < ROUNDS; round++) {
      const rows = Array.from({ length: 1 + ((round * 7919) % 40) }, (_, i) =>
        (round + i) % 2 === 0
          ? { id: `p${(round * i) % 80}`, other: null }
          : { id: null, other: `c${(round + i) % 80}` },
      );
      await writeParquetRows(rows, columns, file, engine());
      const twice = `id IN (SELECT id FROM ${parquetRows(file)}) OR other IN (SELECT other FROM ${parquetRows(file)})`;
      const found = await engine().query(`SELECT count(*) AS n FROM ${parquetRows(file)} WHERE ${twice}`);
      expect(found).toEqual([{ n: rows.length }]);
      expect(await readParquetRows(file, ['id', 'other'], engine())).toEqual(rows);
    }
  });
});
