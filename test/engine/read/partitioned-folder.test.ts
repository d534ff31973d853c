import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { profileAnyFile } from '../../../lib/engine/profile/profile-any-file.ts';
import { jsonLinesToParquet } from '../../../lib/engine/read/json-lines.ts';
import { readParquetRows } from '../../../lib/engine/read/rows.ts';
import { anEngine } from '../a-folder.ts';

const { engine, path } = anEngine();

/** A file in the folder `id=7`. */
function inFolder(name: string): string {
  mkdirSync(path('id=7'), { recursive: true });
  return path(`id=7/${name}`);
}

async function write(file: string): Promise<void> {
  if (file.endsWith('.csv')) writeFileSync(file, 'id,x\n1,a\n2,b\n');
  else await engine().copy("SELECT 1 AS id, 'a' AS x UNION ALL SELECT 2, 'b'", file);
}

describe('a file in a folder whose name looks like a column', () => {
  it.each(['rows.parquet', 'rows.csv', 'rows.jsonl'])('keeps its own column, as %s', async (name) => {
    const file = inFolder(name);
    await write(file);
    const { profile } = await profileAnyFile({ file }, engine());
    expect(Object.keys(profile.columns)).toEqual(['id', 'x']);
    expect(profile.columns.id).toMatchObject({ n: 2, min: 1, max: 2 });
  });

  it('keeps it when it becomes Parquet, and when that is read', async () => {
    const lines = inFolder('rows.jsonl');
    const output = inFolder('lines.parquet');
    await write(lines);
    const columns = [{ name: 'id', path: '$.id', type: 'integer' }] as const;
    await jsonLinesToParquet({ files: [lines], columns: [...columns], output }, engine());
    expect(await readParquetRows(output, undefined, engine())).toEqual([{ id: 1 }, { id: 2 }]);
  });
});
