import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anyColumns } from '../../../lib/engine/read/any-columns.ts';
import { openSource } from '../../../lib/engine/read/source.ts';
import { anEngine } from '../a-folder.ts';

const { engine, path } = anEngine();

/** More rows than a sample has. */
const ROWS = 50_000;

describe('the types of a CSV file', () => {
  it.each(['first', 'last', 'everywhere'])('are the same with its texts %s', async (where) => {
    const isText = (row: number) =>
      ({ first: row < ROWS / 2, last: row >= ROWS / 2, everywhere: row % 2 === 0 })[where];
    const rows = Array.from(
      { length: ROWS },
      (_, row) => `${isText(row) ? 'Z1' : row % 9},${row},${row < ROWS - 9 ? 1 : '?'}`,
    );
    const file = path(`${where}.csv`);
    writeFileSync(file, `code,n,nearly\n${rows.join('\n')}\n`);
    const columns = await anyColumns(await openSource(file, 'csv', engine()), file, engine());
    expect(columns.map(({ name, type, kind }) => [name, type, kind])).toEqual([
      ['code', 'string', 'categorical'],
      ['n', 'number', 'numeric'],
      ['nearly', 'number', 'numeric'],
    ]);
  });
});
