import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemaLines } from '../../../bin/mooring/schema-lines.ts';
import { specSchema } from '../../../lib/domain/spec.ts';
import { aSpec } from '../../lambdas/api/world.ts';
import { anOfflineTerminal } from './a-terminal.ts';

const { run, file: writeFile, path } = anOfflineTerminal();
const file = (name: string, lines: readonly string[]) => writeFile(name, lines.join('\n'));

const ROWS = Array.from(
  { length: 200 },
  (_, i) => `k${i},${i % 2 ? 'yes' : 'no'},${i % 8 ? i / 4 : ''},${i % 2 === 0}`,
);

describe('mooring propose FILE', () => {
  it('prints a schema that a spec takes, every entry below its evidence, without any cloud', async () => {
    const { code, text: out } = await run('propose', file('rows.csv', ['key,plan,age,left', ...ROWS]));
    expect(code).toBe(0);
    expect(out).toContain('# Proposed from rows.csv: 200 rows.');
    expect(out).toContain(
      '    # there in 175 of 200 rows; of others at least 82.2 % would be (95 %); never negative: from 0.25 to 49.75\n    - { name: age, type: number, nullable: true,',
    );
    const { schema } = parse(out) as { schema: object };
    const features = { sql: 'SELECT age FROM input' };
    const spec = { ...aSpec(), features, schema: { ...schema, label: 'left' } };
    expect(specSchema.safeParse(spec).error).toBeUndefined();
  });

  it('prints the same as JSON', async () => {
    const { text } = await run('--json', 'propose', file('rows.csv', ['key,plan,age,left', ...ROWS]));
    expect(JSON.parse(text)).toMatchObject({ rows: 200, constraints: [{ wanted: { id: 'key-unique' } }] });
  });

  it('reads the constraints.json of Model Monitor', async () => {
    const features = [{ name: 'plan', inferred_type: 'String', completeness: 0.9 }];
    const { code, text } = await run(
      'propose',
      file('constraints.json', [JSON.stringify({ version: 0, features })]),
    );
    expect(code).toBe(0);
    expect(text).toContain('Proposed from constraints.json: no rows were looked at');
    expect(text).toMatch(
      /# inferred_type String; completeness 0\.9\n.*name: plan, type: string, nullable: true/,
    );
    const other = await run('propose', file('other.json', ['{"a": 1}']));
    expect(other.err).toContain('other.json is no constraints.json of Model Monitor: version');
    expect(other.code).toBe(3);
  });

  it('says what it wants, and what is wrong with a file', async () => {
    expect(await run('propose')).toMatchObject({
      code: 2,
      err: expect.stringContaining('propose needs a file'),
    });
    expect(await run('propose', path('none.csv'))).toMatchObject({ code: 2 });
    const nested = await run('propose', file('nested.jsonl', ['{"a": {"b": 1}}']));
    expect(nested.err).toContain('nested.jsonl has a nested column a');
    expect(nested.code).not.toBe(0);
    const empty = await run('propose', file('empty.csv', ['a,b']));
    expect(empty.err).toContain('empty.csv has no rows to learn a schema from');
  });
});

describe('schemaLines', () => {
  it('is a line a change', () => {
    const diff = {
      added: [{ name: 'city', type: 'string' }],
      removed: [{ name: 'town', type: 'string' }],
      retyped: [{ column: 'age', from: 'integer', to: 'number' }],
      nullability: [{ column: 'age', nullable: true }],
      reordered: [{ column: 'id', from: 0, to: 2 }],
    };
    expect(schemaLines(diff)).toEqual([
      '  + city: string',
      '  - town: string',
      '  ~ age: integer is now number',
      '  ~ age: may be null now',
      '  ~ id: column 1 is now column 3',
    ]);
    expect(schemaLines(undefined)).toEqual([]);
  });
});
