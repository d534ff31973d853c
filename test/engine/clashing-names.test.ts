import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { profileAnyFile } from '../../lib/engine/profile/profile-any-file.ts';
import { profiledRelation } from '../../lib/engine/profile/profiled-relation.ts';
import { proposeBinning } from '../../lib/engine/profile/propose-binning.ts';
import { withTextColumns } from '../../lib/engine/profile/text-columns.ts';
import { inferSchema } from '../../lib/engine/read/infer-schema.ts';
import { validateFile } from '../../lib/engine/rules/validate.ts';
import { anEngine } from './a-folder.ts';
import { aSpec } from './a-spec.ts';

const { engine, path } = anEngine();

describe('a column called as the engine calls its own', () => {
  it('x, of more rows than a sample and few values, gets a point bin for each value', async () => {
    const file = path('x.parquet');
    await engine().copy('SELECT range % 3 AS x FROM range(70000)', file);
    const { columns } = await proposeBinning({ file, columns: [{ name: 'x', kind: 'numeric' }] }, engine());
    expect(columns.x).toMatchObject({ kind: 'numeric', edges: expect.arrayContaining([0, 1, 2]) });
  });

  it('text, is looked at for what it holds', async () => {
    const file = path('text.parquet');
    await engine().copy(`SELECT 'one seat too few ' || range AS "text" FROM range(100)`, file);
    const relation = await profiledRelation(file, undefined, engine());
    const columns = [{ name: 'text', kind: 'categorical', mayBeText: true }] as const;
    expect(await withTextColumns(columns, [], relation, engine())).toEqual([{ name: 'text', kind: 'text' }]);
    expect(await withTextColumns(columns, ['text'], relation, engine())).toEqual(columns);
  });

  it('_row, of a CSV file, is refused with a sentence', async () => {
    writeFileSync(path('row.csv'), '_row,temp\n1,2\n');
    await expect(profileAnyFile({ file: path('row.csv'), name: 'row.csv' }, engine())).rejects.toThrow(
      'row.csv has a column _row, a name that is taken: rename it',
    );
  });

  it('n and set, of few values, are counted as any other', async () => {
    const file = path('n-and-set.parquet');
    await engine().copy(
      `SELECT 'f' || range AS id, TIMESTAMP '2013-01-01' AS seen, range % 5 AS n,
        CASE WHEN range % 4 = 0 THEN 'z' ELSE 'a' END AS "set", true AS late FROM range(1000)`,
      file,
    );
    const columns = [
      { name: 'n', type: 'integer', max: 3 },
      { name: 'set', type: 'string', values: ['a'] },
    ];
    const spec = aSpec({ columns, sql: 'SELECT n FROM input' });
    const { findings } = await validateFile({ file, objectKey: 'n-and-set.parquet', spec }, engine());
    expect(findings.map(({ column, rows }) => [column, rows])).toEqual([
      ['n', 200],
      ['set', 250],
    ]);
  });

  it('v, leaves the columns beside it their own values in a proposal', async () => {
    const file = path('v.parquet');
    const letter = (name: string, of: number) => `chr(97 + CAST(range % ${of} AS INTEGER)) AS ${name}`;
    await engine().copy(`SELECT ${letter('v', 2)}, ${letter('beside', 3)} FROM range(90)`, file);
    const { columns } = await inferSchema({ file }, engine());
    expect(columns.map(({ wanted }) => wanted)).toEqual([
      { name: 'v', type: 'string', values: ['a', 'b'] },
      { name: 'beside', type: 'string', values: ['a', 'b', 'c'] },
    ]);
  });
});

describe('a column called as what every object has', () => {
  it.each([
    ['numeric', 'range'],
    ['categorical', "'v' || range % 2"],
    ['timestamp', "TIMESTAMP '2013-01-01' + to_hours(range)"],
    ['text', "'one seat too few ' || range"],
  ])('is counted as any other: %s', async (kind, value) => {
    const file = path('proto.parquet');
    await engine().copy(`SELECT ${value} AS __proto__, range AS constructor FROM range(50)`, file);
    const { profile } = await profileAnyFile({ file }, engine());
    const columns = new Map(Object.entries(profile.columns));
    expect([...columns.keys()].sort()).toEqual(['__proto__', 'constructor']);
    expect(columns.get('__proto__')).toMatchObject({ kind, n: 50 });
  });
});

describe('columns whose names differ only in case', () => {
  const says = 'the columns one and ONE differ only in case: rename one';

  async function write(name: string): Promise<string> {
    if (name.endsWith('.csv')) writeFileSync(path(name), 'one,b,ONE\n1,2,3\n');
    else if (name.endsWith('.jsonl')) writeFileSync(path(name), '{"two":2}\n{"one":1,"ONE":3}\n');
    else await writeParquet(path(name));
    return path(name);
  }

  /** The engine writes no such file: one of two names is changed in its bytes. */
  async function writeParquet(file: string): Promise<void> {
    await engine().copy("SELECT 1 AS one, {'one': 2} AS nested, 3 AS two", file);
    writeFileSync(file, readFileSync(file, 'latin1').replaceAll('two', 'ONE'), 'latin1');
  }

  it.each(['case.csv', 'case.jsonl', 'case.parquet'])('are refused by their names: %s', async (name) => {
    const file = await write(name);
    const both = /the columns (one and ONE|ONE and one) differ only in case: rename one/;
    await expect(profileAnyFile({ file, name }, engine())).rejects.toThrow(both);
    await expect(inferSchema({ file, name }, engine())).rejects.toThrow(both);
  });

  it.each(['case.csv', 'case.parquet'])('are found where the engine would rename one: %s', async (name) => {
    const file = await write(name);
    const { findings } = await validateFile({ file, objectKey: name, spec: aSpec() }, engine());
    expect(findings).toMatchObject([
      { rule: 'object-unreadable', message: `${name} cannot be read: ${says}` },
    ]);
  });
});
