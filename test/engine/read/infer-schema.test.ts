import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SchemaProposal } from '../../../lib/domain/constraints/schema-proposal.ts';
import { type ModelSpec, specSchema } from '../../../lib/domain/spec.ts';
import { openEngine } from '../../../lib/engine/engine.ts';
import { inferSchema, inferSchemaAlone } from '../../../lib/engine/read/infer-schema.ts';
import { validateFile } from '../../../lib/engine/rules/validate.ts';
import { anEngine } from '../a-folder.ts';
import { aSpec } from '../a-spec.ts';

const { engine, path } = anEngine();

/** Rows with every kind of trouble that a proposal must allow for. */
const SELECT = `SELECT 'f' || range AS id,
  TIMESTAMP '2013-01-01' + to_hours(range) AS seen,
  CASE WHEN range % 10 > 0 THEN range / 4.0 END AS temp,
  range % 7 AS weekday,
  CASE range % 3 WHEN 0 THEN 'UA' WHEN 1 THEN 'B6' ELSE 'AA' END AS carrier,
  CASE WHEN range % 20 < 18 THEN 'common' ELSE 'rare' || range END AS mostly,
  lpad(CAST(range AS VARCHAR), 5, '0') AS code,
  range % 2 = 0 AS late FROM range(400)`;

async function proposalOf(ending: string): Promise<SchemaProposal> {
  const name = `rows.${ending}`;
  if (ending === 'csv') writeFileSync(path(name), await asCsv());
  else await engine().copy(SELECT, path(name));
  return inferSchema({ file: path(name), name }, engine());
}

async function asCsv(): Promise<string> {
  const rows = await engine().query(SELECT);
  const lines = rows.map((row) =>
    Object.values(row)
      .map((value) => value ?? '')
      .join(','),
  );
  return [Object.keys(rows[0] ?? {}).join(','), ...lines].join('\n');
}

function asSpec({ columns, constraints }: SchemaProposal): ModelSpec {
  const schema = {
    label: 'late',
    columns: columns.map((c) => c.wanted),
    constraints: constraints.map((c) => c.wanted),
  };
  return specSchema.parse({ ...aSpec(), schema, features: { sql: 'SELECT temp FROM input' } });
}

describe('inferSchema', () => {
  it.each(['parquet', 'jsonl', 'csv'])('proposes from %s what the same file keeps', async (ending) => {
    const proposal = await proposalOf(ending);
    const byName = new Map(proposal.columns.map(({ wanted }) => [wanted.name, wanted]));
    expect(byName.get('weekday')).toEqual({ name: 'weekday', type: 'integer', min: 0 });
    expect(byName.get('seen')?.type).toBe('timestamp');
    expect(byName.get('code')?.type).toBe('string');
    expect(byName.get('late')?.type).toBe('boolean');
    expect(byName.get('carrier')?.values).toEqual(['UA', 'AA', 'B6']);
    const file = path(`rows.${ending}`);
    const report = await validateFile(
      { file, objectKey: `rows.${ending}`, spec: asSpec(proposal) },
      engine(),
    );
    expect(report.findings.filter((finding) => finding.severity === 'error')).toEqual([]);
  });

  it('bounds the share of nulls by the interval, unrounded', async () => {
    const temp = (await proposalOf('parquet')).columns.find(({ wanted }) => wanted.name === 'temp');
    // scipy 1.17: 1 - binomtest(360, 400).proportion_ci(method='wilson').low
    expect(temp?.wanted.maxNullShare).toBeCloseTo(0.13331057632740284, 12);
    expect(temp?.because[0]).toBe('there in 360 of 400 rows; of others at least 86.67 % would be (95 %)');
  });

  it('tells thousands of columns of a CSV file apart', async () => {
    const names = Array.from({ length: 1001 }, (_, i) => `c${i}`);
    const line = (row: number) => names.map((_, i) => (i % 2 ? `t${row}` : row / 2)).join(',');
    writeFileSync(path('wide.csv'), [names.join(','), line(1), line(2), line(3)].join('\n'));
    const { columns } = await inferSchema({ file: path('wide.csv') }, engine());
    expect(columns).toHaveLength(1001);
    expect(columns[999]?.wanted).toMatchObject({ name: 'c999', type: 'string' });
    expect(columns[1000]?.wanted).toMatchObject({ name: 'c1000', type: 'number', min: 0 });
  });

  it('reads texts that memory could not hold together', async () => {
    const name = path('long.parquet');
    const writer = await openEngine({ memoryMb: 1024 });
    await writer.copy("SELECT repeat('x', 100000) || range AS long FROM range(3000)", name);
    writer.close();
    const { columns } = await inferSchemaAlone({ file: name, name });
    expect(columns[0]?.wanted).toMatchObject({ name: 'long', type: 'string' });
  });

  it('reads a CSV file that mixes kinds of line ends', async () => {
    writeFileSync(path('mixed.csv'), 'id,x\r\n1,2\n2,3\r\n3,4\n');
    const { rows, columns } = await inferSchema({ file: path('mixed.csv') }, engine());
    expect([rows, columns.map(({ wanted }) => wanted.name)]).toEqual([3, ['id', 'x']]);
  });

  it('proposes keys and texts of one length as constraints', async () => {
    const { constraints } = await proposalOf('parquet');
    expect(constraints.map(({ wanted }) => wanted.id).sort()).toEqual([
      'code-length',
      'code-unique',
      'id-unique',
    ]);
  });

  it('calls integers of Parquet integers, however large, and finds keys among them', async () => {
    const file = path('ids.parquet');
    await engine().copy(
      `SELECT 9007199254740993 + range AS id, CAST(9223372036854775808 + range AS UBIGINT) AS beyond,
        CAST(range AS UBIGINT) AS small FROM range(1000)`,
      file,
    );
    const { columns, constraints } = await inferSchema({ file }, engine());
    const types = columns.map(({ wanted }) => [wanted.name, wanted.type]);
    expect(Object.fromEntries(types)).toEqual({ id: 'integer', beyond: 'number', small: 'integer' });
    expect(constraints.map(({ wanted }) => wanted.id)).toEqual(['id-unique', 'small-unique']);
  });

  it('leaves out what a spec cannot name, and what no type of a spec reads', async () => {
    const file = path('times.parquet');
    await engine().copy(
      'SELECT range AS n, TIME \'10:00:00\' AS "at", range AS "größe" FROM range(10)',
      file,
    );
    const { columns, constraints, leftOut } = await inferSchema({ file }, engine());
    expect(columns.map(({ wanted }) => wanted.name)).toEqual(['n']);
    expect(constraints.map(({ wanted }) => wanted.id)).toEqual(['n-unique']);
    expect(leftOut).toEqual([
      { wanted: 'at', because: ['no type of a spec reads TIME: write it as text, number or timestamp'] },
      { wanted: 'größe', because: ['a spec cannot name it: rename it in the data'] },
    ]);
  });

  it('allows for values of another type, as many as were seen', async () => {
    const lines = ['id,temp', ...Array.from({ length: 100 }, (_, i) => `${i},${i === 7 ? 'warm' : i + 0.5}`)];
    writeFileSync(path('worded.csv'), lines.join('\n'));
    const { columns, constraints } = await inferSchema({ file: path('worded.csv') }, engine());
    expect(columns[1]?.wanted.type).toBe('number');
    expect(constraints.find(({ wanted }) => wanted.kind === 'type')).toMatchObject({
      wanted: { id: 'temp-type', column: 'temp' },
      because: [expect.stringContaining('no number in 1 of 100 rows')],
    });
  });

  it('proposes constraints of different ids for columns whose names differ in underscores alone', async () => {
    const code = (name: string) => `'c' || (100 + range) AS ${name}`;
    const names = ['a_b', 'a__b', 'A_B_', `${'a'.repeat(62)}1`, `b${'a'.repeat(61)}1`];
    await engine().copy(`SELECT ${names.map(code).join(', ')} FROM range(50)`, path('alike.parquet'));
    const { constraints } = await inferSchema({ file: path('alike.parquet') }, engine());
    const ids = constraints.map(({ wanted }) => wanted.id);
    expect(ids.slice(0, 4)).toEqual(['a-b-length', 'a-b-unique', 'a-b-length-2', 'a-b-unique-2']);
    expect(new Set(ids).size).toBe(2 * names.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]{0,62}$/);
  });
});
