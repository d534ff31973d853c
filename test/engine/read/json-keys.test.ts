import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inferSchema } from '../../../lib/engine/read/infer-schema.ts';
import { aFileChecker } from '../a-file-checker.ts';
import { anEngine } from '../a-folder.ts';

const { check } = aFileChecker();
const { engine, path } = anEngine();

/** JSON Lines of the given objects. */
const linesOf = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const row = (i: number) => ({ id: `f${i}`, seen: '2013-01-01', late: true });

describe('a key that some lines of JSON Lines lack', () => {
  it('breaks completeness as its null does', async () => {
    const rows = [
      row(0),
      { ...row(1), seen: undefined },
      { ...row(2), seen: null },
      { id: 'f3', seen: '2013-01-01' },
    ];
    const { findings } = await check('absent.jsonl', linesOf(rows), { columns: [] });
    expect(findings).toMatchObject([
      { column: 'seen', rows: 2, examples: [{ row: 2 }, { row: 3 }] },
      { column: 'late', rows: 1, examples: [{ row: 4 }] },
    ]);
  });

  it('is proposed as a column with nulls', async () => {
    writeFileSync(
      path('some.jsonl'),
      linesOf(Array.from({ length: 40 }, (_, i) => (i % 2 ? { a: i, b: i } : { a: i }))),
    );
    const { columns } = await inferSchema({ file: path('some.jsonl') }, engine());
    expect(columns[1]?.because[0]).toContain('there in 20 of 40 rows');
  });
});
