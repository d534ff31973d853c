import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settleFindings } from '../../../lib/domain/data/settle-findings.ts';
import type { Finding } from '../../../lib/domain/findings.ts';
import { validateFile } from '../../../lib/engine/rules/validate.ts';
import { anEngine } from '../a-folder.ts';
import { aSpec } from '../a-spec.ts';

const COLUMNS = [
  { name: 'temp', type: 'number', nullable: true },
  { name: 'low', type: 'integer', nullable: true },
  { name: 'high', type: 'integer', nullable: true },
  { name: 'tail', type: 'string', nullable: true },
];

const { engine, path } = anEngine();
let files = 0;

/** Checks rows (SQL over `range`, 20 of them) in every format against constraints; the findings of each format. */
async function inEveryFormat(
  constraints: readonly object[],
  replace: Record<string, string> = {},
  rows = 20,
) {
  const spec = aSpec({ columns: COLUMNS, constraints });
  const values: Record<string, string> = {
    id: "'f' || range",
    seen: "TIMESTAMP '2013-01-01' + to_hours(range)",
    temp: '10.5 + range',
    low: 'range',
    high: 'range + 5',
    tail: "'N' || (100 + range)",
    late: 'range % 2 = 0',
    ...replace,
  };
  const select = `SELECT ${Object.entries(values)
    .map(([name, value]) => `${value} AS ${name}`)
    .join(', ')} FROM range(${rows})`;
  const found: (readonly Finding[])[] = [];
  for (const ending of ['parquet', 'jsonl', 'csv']) {
    const name = `rows-${files++}.${ending}`;
    if (ending === 'csv') writeFileSync(path(name), await asCsv(select));
    else await engine().copy(select, path(name));
    const report = await validateFile({ file: path(name), objectKey: name, spec }, engine());
    found.push(settleFindings([report], spec).map(({ object: _, ...finding }) => finding));
  }
  return found;
}

async function asCsv(select: string): Promise<string> {
  const rows = await engine().query(select);
  const cell = (value: unknown) => (value === null ? '' : String(value));
  return [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row).map(cell))]
    .map((line) => line.join(','))
    .join('\n');
}

describe('constraints of the spec', () => {
  it('say when a condition fails on a row, and are checked beside it all the same', async () => {
    const failing = { id: 'failing', kind: 'sql', sql: 'CAST(tail AS INTEGER) > 1' };
    const low = { id: 'low', kind: 'range', column: 'low', max: 18 };
    for (const findings of await inEveryFormat([failing, low]))
      expect(findings).toMatchObject([
        {
          rule: 'row-constraint-failed',
          constraint: 'failing',
          severity: 'error',
          message: expect.stringContaining(
            "constraint failing fails on a row: Could not convert string 'N100'",
          ),
        },
        { constraint: 'low', rows: 1 },
      ]);
  });

  it.each([
    ['range', { column: 'temp', max: 28 }, 'float-type-big-float', { temp: '10 + range' }, [20, '29']],
    [
      'vocabulary',
      { column: 'tail', values: ['N100', 'N101'] },
      'enum-type-unexpected-string-values',
      {},
      [3, 'N102'],
    ],
    ['pattern', { column: 'tail', pattern: 'N10[0-9]' }, 'string-pattern-mismatch', {}, [11, 'N110']],
    [
      'length',
      { column: 'tail', max: 4 },
      'string-too-long',
      { tail: "CASE range WHEN 7 THEN 'N1234' ELSE 'N1' END" },
      [8, 'N1234'],
    ],
    [
      'completeness',
      { column: 'low' },
      'feature-type-low-fraction-present',
      { low: 'CASE WHEN range > 3 THEN range END' },
      [1, null],
    ],
    ['unique', { columns: ['tail'] }, 'feature-type-low-unique', { tail: "'N' || (range // 2)" }, [2, 'N0']],
    [
      'sql',
      { sql: 'low <= high AND temp < 100' },
      'row-constraint-broken',
      { high: 'CASE range WHEN 4 THEN 1 ELSE range END' },
      [5, 'low = 4, high = 1, temp = 14.5'],
    ],
  ] as const)(
    'finds a broken %s in Parquet, JSON Lines and CSV alike',
    async (kind, fields, rule, replace, [row, value]) => {
      const found = await inEveryFormat([{ id: 'wanted', kind, ...fields }], replace);
      for (const findings of found) {
        expect(findings).toHaveLength(1);
        expect(findings[0]).toMatchObject({ rule, constraint: 'wanted', severity: 'error' });
        expect(findings[0]?.examples?.[0]?.row).toBe(row);
        // JSON is shown as it stands, with its quotes.
        if (value !== null) expect(String(findings[0]?.examples?.[0]?.value).replaceAll('"', '')).toBe(value);
      }
      expect(found[1]?.map((f) => f.rows)).toEqual(found[0]?.map((f) => f.rows));
      expect(found[2]?.map((f) => f.rows)).toEqual(found[0]?.map((f) => f.rows));
    },
  );
});
