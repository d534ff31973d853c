import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../../lib/engine/engine.ts';
import { ALLOWED_FUNCTIONS } from '../../../lib/engine/spec-sql/allowed-functions.ts';
import { checkFeaturesSql } from '../../../lib/engine/spec-sql/check-features.ts';
import { aSpec } from '../a-spec.ts';

const columns = [
  { name: 'temp', type: 'number', nullable: true },
  { name: 'count', type: 'integer' },
  { name: 'carrier', type: 'string' },
  { name: 'wet', type: 'boolean' },
];

async function issuesOf(sql: string): Promise<string> {
  const issues = await checkFeaturesSql(aSpec({ columns, sql }));
  expect(issues.every((issue) => issue.path === 'features.sql')).toBe(true);
  return issues.map((issue) => issue.message).join('\n');
}

describe('checkFeaturesSql', () => {
  it.each([
    'SELECT temp, carrier, wet FROM input',
    'SELECT temp * 1.8 + 32 AS f, lower(carrier) AS c, CASE WHEN wet THEN 1 ELSE 0 END AS w -- why\nFROM input;',
    "SELECT date_diff('day', TIMESTAMP '2013-01-01', seen) AS days, hour(seen - INTERVAL 5 HOUR) AS hour FROM input",
    'SELECT temp + 1 AS a, a * 2 AS b, coalesce(temp, 0) AS c, input.count AS d FROM input',
    "SELECT carrier IN ('AA', 'UA') AS big, temp BETWEEN 0 AND 10 AS cool, carrier LIKE 'A%' AS a, nullif(count, 0) AS n FROM input",
    'SELECT TRY_CAST(carrier AS DOUBLE) AS number, CAST(count AS DECIMAL(10, 2)) AS money, temp IS NULL AS missing FROM input',
  ])('takes %s', async (sql) => {
    expect(await issuesOf(sql)).toBe('');
  });

  it.each([
    [
      'an unknown column, by name',
      'SELECT tmp AS t FROM input',
      'line 1: names an unknown column tmp; the input has id, seen, temp',
    ],
    ['the label', 'SELECT late AS x FROM input', 'names an unknown column late'],
    ['an aggregate', 'SELECT sum(temp) AS s FROM input', 'uses sum'],
    ['a window function', 'SELECT lag(temp) OVER () AS l FROM input', 'uses a window function'],
    ['a subquery', 'SELECT (SELECT 1) AS x FROM input', 'uses a subquery'],
    ['a join', 'SELECT 1 AS x FROM input, input AS b', 'reads from a join'],
    ['a CTE', 'WITH t AS (SELECT 1) SELECT temp FROM input', 'has WITH'],
    ['WHERE, ORDER BY and LIMIT', 'SELECT temp FROM input WHERE wet ORDER BY temp LIMIT 1', 'has WHERE'],
    ['DISTINCT', 'SELECT DISTINCT temp FROM input', 'has DISTINCT'],
    ['GROUP BY', 'SELECT carrier FROM input GROUP BY carrier', 'has GROUP BY'],
    ['a union', 'SELECT temp FROM input UNION ALL SELECT 1', 'wanted one plain SELECT'],
    ['a sample', 'SELECT temp FROM input USING SAMPLE 1', 'wanted a row-wise SELECT'],
    ['unnest', 'SELECT unnest([1, 2]) AS x FROM input', 'uses unnest'],
    ['another relation', 'SELECT 1 AS x FROM duckdb_settings', 'reads from duckdb_settings'],
    ['a catalog', 'SELECT temp FROM main.input', 'reads from main.input'],
    ['a file as relation', "SELECT 1 AS x FROM '/etc/passwd'", 'reads from /etc/passwd'],
    ['read_csv', "SELECT 1 AS x FROM read_csv('/etc/passwd')", 'reads from a table_function'],
    ['read_text in an expression', "SELECT read_text('/etc/passwd') AS x FROM input", 'uses read_text'],
    [
      'the network',
      "SELECT 1 AS x FROM read_parquet('https://example.org/x.parquet')",
      'reads from a table_function',
    ],
    ['the clock', 'SELECT now() AS n FROM input', 'uses now'],
    [
      'the clock as a keyword',
      'SELECT current_timestamp AS n FROM input',
      'unknown column current_timestamp',
    ],
    ['a random number', 'SELECT random() AS r FROM input', 'uses random'],
    ['the environment', "SELECT getenv('HOME') AS h FROM input", 'uses getenv'],
    ['a setting', "SELECT current_setting('memory_limit') AS m FROM input", 'uses current_setting'],
    ['unbounded text', "SELECT repeat('x', 1000000000) AS r FROM input", 'uses repeat'],
    ['quadratic time on one value', 'SELECT levenshtein(carrier, id) AS l FROM input', 'uses levenshtein'],
    ['a lambda', 'SELECT list_transform([temp], x -> x + 1) AS l FROM input', 'uses list_transform'],
    ['a parameter', 'SELECT $1 AS p FROM input', 'uses a parameter'],
    ['a star', 'SELECT * FROM input', 'uses *; list the features by name'],
    ['a name twice', 'SELECT temp, count AS Temp FROM input', 'output Temp is named twice'],
    ['an output without a name', 'SELECT temp, temp + 1 FROM input', 'output 2 has no name; add AS and one'],
    ['the name of the label', 'SELECT temp AS late FROM input', 'output late has the name of the label'],
    ['a reserved name', 'SELECT temp AS _time FROM input', 'output _time must start with a letter'],
    ['a timestamp as output', 'SELECT seen FROM input', 'output seen is a TIMESTAMP'],
    [
      'a type that does not fit',
      'SELECT lower(temp) AS l FROM input',
      "No function matches the given name and argument types 'lower(DOUBLE)'",
    ],
    ['a syntax error', 'SELECT temp\nFRM input', 'line 2: syntax error'],
    ['two statements', 'SELECT temp FROM input; SELECT 1', 'must be one SELECT statement, got 2'],
    ['another statement', 'DROP TABLE input', 'must be one SELECT statement'],
    ['a copy', "COPY (SELECT 1) TO '/tmp/x'", 'must be one SELECT statement'],
    ['an attempt to close the parenthesis', 'SELECT temp FROM input) UNION (SELECT 1', 'syntax error'],
    ['a cast to a nested type', 'SELECT CAST(carrier AS INTEGER[]) AS l FROM input', 'casts to LIST'],
  ])('refuses %s', async (_what, sql, message) => {
    expect(await issuesOf(sql)).toContain(message);
  });

  it('names every unknown column with its line', async () => {
    const message = await issuesOf('SELECT\n  tmp AS a,\n  wind AS b\nFROM input');
    expect(message).toContain('line 2: names an unknown column tmp');
    expect(message).toContain('line 3: names an unknown column wind');
  });
});

describe('the allowed functions', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine.close());

  it('are all deterministic scalar functions of this engine', async () => {
    const rows = await engine.query<{ name: string; kind: string; stability: string | null }>(
      'SELECT function_name AS name, function_type AS kind, stability FROM duckdb_functions()',
    );
    const wrong = [...ALLOWED_FUNCTIONS].filter((name) => {
      const found = rows.filter((row) => row.name === name);
      const good = (row: (typeof rows)[number]) =>
        row.kind === 'macro' || (row.kind === 'scalar' && row.stability === 'CONSISTENT');
      return found.length === 0 || !found.every(good);
    });
    expect(wrong).toEqual([]);
  });
});
