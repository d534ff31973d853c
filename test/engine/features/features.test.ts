import { afterAll, describe, expect, it } from 'vitest';
import type { Features } from '../../../lib/engine/features/features.ts';
import { createFeatures } from '../../../lib/engine/features/features.ts';
import type { Row } from '../../../lib/engine/result-rows.ts';
import { openSandbox } from '../../../lib/engine/sandbox.ts';
import { aSpec } from '../a-spec.ts';

const columns = [
  { name: 'temp', type: 'number', nullable: true },
  { name: 'count', type: 'integer', nullable: true },
  { name: 'carrier', type: 'string', nullable: true },
  { name: 'wet', type: 'boolean', nullable: true },
];
const opened: Features[] = [];
afterAll(() => {
  for (const features of opened) features.close();
});

async function features(sql: string): Promise<Features> {
  const created = await createFeatures(aSpec({ columns, sql }));
  opened.push(created);
  return created;
}

describe('createFeatures', () => {
  it('computes one row per row, in order', async () => {
    const { columns: outputs, compute } = await features(
      'SELECT temp * 2 AS double, lower(carrier) AS c, NOT wet AS dry FROM input',
    );
    expect(outputs).toEqual([
      { name: 'double', type: 'number' },
      { name: 'c', type: 'string' },
      { name: 'dry', type: 'boolean' },
    ]);
    const rows = Array.from({ length: 500 }, (_, i) => ({ temp: i, carrier: `C${i}`, wet: i % 2 === 0 }));
    const computed = await compute(rows);
    expect(computed).toEqual(rows.map(({ temp, wet }) => ({ double: temp * 2, c: `c${temp}`, dry: !wet })));
  });

  it('gives a row the same features alone and among many', async () => {
    const { compute } = await features(
      `SELECT temp / 3 AS third, coalesce(temp, -1) AS filled, count // 2 AS half, count IS NULL AS uncounted,
        coalesce(carrier, 'none') AS carrier, wet, hour(seen) AS hour FROM input`,
    );
    const rows = Array.from({ length: 3000 }, (_, i) => ({
      temp: i % 7 === 0 ? null : i / 7,
      count: i % 5 === 0 ? null : i,
      carrier: i % 3 === 0 ? null : `ü${i}`,
      wet: i % 4 === 0 ? null : i % 2 === 0,
      seen: `2013-01-01T${String(i % 24).padStart(2, '0')}:00:00Z`,
    }));
    const many = await compute(rows);
    for (const i of [0, 1, 2, 3, 5, 24, 2047, 2048, 2999])
      expect(await compute([rows[i] as object as Row])).toEqual([many[i]]);
    await expect(compute([...rows, { temp: 'x' }])).rejects.toThrow('column temp is a string, wanted number');
    expect(await compute(rows)).toEqual(many);
  });

  it('takes an absent value for null and an empty request for no rows', async () => {
    const { compute } = await features('SELECT temp, count + 1 AS next, carrier, wet FROM input');
    expect(await compute([{}])).toEqual([{ temp: null, next: null, carrier: null, wet: null }]);
    expect(await compute([])).toEqual([]);
  });

  it('reads times as UTC, with or without an offset', async () => {
    const { compute } = await features('SELECT epoch(seen) AS seconds, hour(seen) AS hour FROM input');
    const at = ['2013-01-01T05:30:00Z', '2013-01-01T05:30:00', '2013-01-01T00:30:00-05:00', 'no time', null];
    expect(await compute(at.map((seen) => ({ seen })))).toEqual([
      { seconds: 1357018200, hour: 5 },
      { seconds: 1357018200, hour: 5 },
      { seconds: 1357018200, hour: 5 },
      { seconds: null, hour: null },
      { seconds: null, hour: null },
    ]);
  });

  it('never answers with a number that JSON cannot carry', async () => {
    const { compute } = await features(
      'SELECT 1 / temp AS inverse, temp / temp AS one, exp(temp) AS power FROM input',
    );
    expect(await compute([{ temp: 0 }, { temp: 1000 }])).toEqual([
      { inverse: null, one: null, power: 1 },
      { inverse: 0.001, one: 1, power: null },
    ]);
  });

  it('refuses a value of another type', async () => {
    const { compute } = await features('SELECT temp, count FROM input');
    await expect(compute([{ temp: '5' }])).rejects.toThrow('column temp is a string, wanted number');
    await expect(compute([{ count: 1.5 }])).rejects.toThrow('column count is a number, wanted integer');
    expect(await compute([{ temp: 5, count: 1 }])).toEqual([{ temp: 5, count: 1 }]);
  });

  it('names an error of the SQL on a value, and goes on working', async () => {
    const { compute } = await features('SELECT ln(temp) AS l FROM input');
    await expect(compute([{ temp: -1 }])).rejects.toMatchObject({ name: 'FeaturesError' });
    expect(await compute([{ temp: 1 }])).toEqual([{ l: 0 }]);
  });

  it('interrupts what runs too long, and goes on working', async () => {
    const slow = Array.from({ length: 200 }).reduce((inner) => `sha256(${inner})`, 'carrier');
    const { compute } = await features(`SELECT ${slow} AS hash, carrier FROM input`);
    // An interrupt is noticed between vectors of 2,048 rows.
    const heavy = Array.from({ length: 20_000 }, () => ({ carrier: 'ab' }));
    await expect(compute(heavy, { timeoutMs: 1 })).rejects.toMatchObject({ name: 'TimeLimitError' });
    expect(await compute([{ carrier: 'ab' }])).toMatchObject([{ carrier: 'ab' }]);
  });

  it('gives each of several calls at once its own rows', async () => {
    const { compute } = await features('SELECT temp FROM input');
    const calls = Array.from({ length: 20 }, (_, i) => compute([{ temp: i }]));
    expect(await Promise.all(calls)).toEqual(calls.map((_, i) => [{ temp: i }]));
  });

  it('takes text as text, whatever it says', async () => {
    const { compute } = await features('SELECT carrier FROM input');
    const nasty = [`'); DROP TABLE input; --`, '"', '\\', 'null', '💥', ''];
    expect(await compute(nasty.map((carrier) => ({ carrier })))).toEqual(
      nasty.map((carrier) => ({ carrier })),
    );
  });

  it('refuses a spec whose features.sql is not good', async () => {
    await expect(createFeatures(aSpec({ columns, sql: 'SELECT tmp AS t FROM input' }))).rejects.toThrow(
      'unknown column tmp',
    );
  });
});

describe('the sandbox', () => {
  it.each([
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/*')",
    "COPY (SELECT 1) TO '/tmp/mooring-sandbox-escape.csv'",
    "ATTACH '/tmp/mooring-sandbox-escape.db'",
    "SELECT * FROM read_parquet('http://127.0.0.1:1/x.parquet')",
    'INSTALL httpfs',
    'LOAD httpfs',
    "SET memory_limit = '10GB'",
    'SET enable_external_access = true',
    'SET lock_configuration = false',
    'CREATE SECRET s (TYPE s3)',
  ])('refuses %s even to SQL that no check saw', async (sql) => {
    const sandbox = await openSandbox();
    try {
      await expect(sandbox.connection.run(sql)).rejects.toThrow();
    } finally {
      sandbox.close();
    }
  });
});
