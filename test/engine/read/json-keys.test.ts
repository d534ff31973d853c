import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { profileAnyFile } from '../../../lib/engine/profile/profile-any-file.ts';
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

describe('a key of any characters', () => {
  it('has its own values', async () => {
    const keys = ['a.b', 'q"x', 'c[0]', 'a/b', 'm~n', '*', '$d', "it's", '0'];
    writeFileSync(path('any.jsonl'), linesOf([Object.fromEntries(keys.map((key, i) => [key, i]))]));
    const { profile } = await profileAnyFile({ file: path('any.jsonl') }, engine());
    for (const [i, key] of keys.entries()) expect(profile.columns[key]).toMatchObject({ n: 1, min: i });
  });
});

describe('a key that comes late', () => {
  const late = Array.from({ length: 21_000 }, (_, i) => ({ ...row(i), ...(i > 20_500 && { z: i / 2 }) }));

  it('is checked as any other, and is no missing column', async () => {
    const columns = [{ name: 'z', type: 'number', nullable: true, max: 10_499 }];
    const { findings } = await check('late.jsonl', linesOf(late), { columns });
    expect(findings).toMatchObject([{ column: 'z', rows: 1, examples: [{ row: 21_000, value: '10499.5' }] }]);
    const none = await check('never.jsonl', linesOf(late.slice(0, 9)), {
      columns: [{ name: 'z', type: 'number' }],
    });
    expect(none.findings).toMatchObject([{ rule: 'schema-missing-column', column: 'z' }]);
  });

  it('is of the type that its values have', async () => {
    writeFileSync(path('late.jsonl'), linesOf(late));
    const { profile } = await profileAnyFile({ file: path('late.jsonl') }, engine());
    expect(profile.columns.z).toMatchObject({ kind: 'numeric', n: 499, counts: { null: 20_501 } });
  });

  it('is refused where there are thousands, which are no columns', async () => {
    const ids = Array.from({ length: 20_001 }, (_, i) => ({ [`id${i}`]: 1 }));
    expect((await check('ids.jsonl', linesOf(ids))).findings).toMatchObject([
      { rule: 'object-unreadable', message: expect.stringContaining('more than 20000 different keys') },
    ]);
  });
});
