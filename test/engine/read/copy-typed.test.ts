import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anyColumns } from '../../../lib/engine/read/any-columns.ts';
import { copyTyped } from '../../../lib/engine/read/copy-typed.ts';
import { mismatchName } from '../../../lib/engine/read/parsed-column.ts';
import { readParquetRows } from '../../../lib/engine/read/rows.ts';
import { openSource } from '../../../lib/engine/read/source.ts';
import { anEngine } from '../a-folder.ts';

const { engine, path } = anEngine();

describe('copyTyped', () => {
  it('keeps the columns of a row together, however many there are, past rows that cannot be read', async () => {
    const names = Array.from({ length: 600 }, (_, i) => `c${i}`);
    const rows = Array.from({ length: 40 }, (_, row) =>
      names.map((_, i) => (i === 599 && row === 9 ? 'ten' : row * i)),
    );
    const lines = [names, ...rows.slice(0, 5), rows[5]?.slice(1) ?? [], ...rows.slice(6)];
    const bytes = Buffer.from(
      `${lines.join('\n')}\n${names.map((_, i) => (i === 300 ? '\xe9' : 1)).join(',')}\n`,
      'latin1',
    );
    const [file, output] = [path('wide.csv'), path('wide.parquet')];
    writeFileSync(file, bytes);
    const source = await openSource(file, 'csv', engine());
    await copyTyped(source, await anyColumns(source, 'wide.csv', engine()), output, engine());
    const wrong = mismatchName('c599');
    const read = await readParquetRows(output, ['c1', 'c599', wrong], engine());
    expect(read).toHaveLength(39);
    expect(read[5]).toEqual({ c1: 6, c599: 6 * 599, [wrong]: false });
    expect(read[8]).toEqual({ c1: 9, c599: null, [wrong]: true });
  });
});
