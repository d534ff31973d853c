import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/domain/findings.ts';
import { type FileReport, validateFile } from '../../lib/engine/validate.ts';
import { anEngine } from './a-folder.ts';
import { aSpec } from './a-spec.ts';

const { engine, path } = anEngine();

const COLUMNS = [
  { name: 'temp', type: 'number', nullable: true },
  { name: 'count', type: 'integer', nullable: true },
  { name: 'carrier', type: 'string', nullable: true },
];

interface Check {
  readonly columns?: readonly object[];
  readonly constraints?: readonly object[];
}

function check(name: string, content: string, { columns = COLUMNS, constraints = [] }: Check = {}) {
  writeFileSync(path(name), content);
  return checkFile(name, { columns, constraints });
}

function checkFile(name: string, { columns = COLUMNS, constraints = [] }: Check = {}) {
  const spec = aSpec({ columns, constraints });
  return validateFile({ file: path(name), objectKey: `landing/flights/u1/${name}`, spec }, engine());
}

async function checkParquet(name: string, values: Record<string, string>, rows: number, how: Check = {}) {
  const all: Record<string, string> = {
    id: "'f' || range",
    seen: "TIMESTAMP '2013-01-01' + to_hours(range)",
    temp: 'range / 2',
    count: 'range',
    carrier: "'UA'",
    late: 'range % 2 = 0',
    ...values,
  };
  const selected = Object.entries(all).map(([column, value]) => `${value} AS ${column}`);
  await engine().copy(`SELECT ${selected.join(', ')} FROM range(${rows})`, path(name));
  return checkFile(name, how);
}

const HEADER = 'id,seen,temp,count,carrier,late';
const line = (i: number, seen = `2013-01-01T0${i}:00:00Z`) => `f${i},${seen},${i}.5,${i},UA,true`;
const rulesOf = ({ findings }: FileReport) =>
  findings.map((f: Finding) => `${f.rule} ${f.column ?? ''}`.trim());

describe('a text file that somebody else wrote', () => {
  it('may begin with a byte order mark', async () => {
    const report = await check('bom.csv', `\uFEFF${[HEADER, line(1), line(2)].join('\n')}`);
    expect([report.rows, report.findings]).toEqual([2, []]);
  });

  it('is refused when it mixes line ends, since what reads it later could not', async () => {
    const report = await check('mixed.csv', `${HEADER}\r\n${line(1)}\n${line(2)}\r\n${line(3)}\n`);
    expect(report.findings).toMatchObject([
      { rule: 'object-unreadable', message: 'mixed.csv mixes kinds of line ends, wanted one' },
    ]);
  });

  it('may have dates as texts, in any ISO form, and no others', async () => {
    const good = await check(
      'dates.csv',
      [
        HEADER,
        line(1, '2013-01-01'),
        line(2, '2013-01-01 10:00:00'),
        line(3, '2013-01-01T10:00:00+02:00'),
      ].join('\n'),
    );
    expect([good.findings, good.from, good.to]).toEqual([
      [],
      '2013-01-01T00:00:00.000Z',
      '2013-01-01T10:00:00.000Z',
    ]);
    const bad = await check('german.csv', [HEADER, line(1, '31.12.2013'), line(2, '12/31/2013')].join('\n'));
    expect(bad.findings).toMatchObject([
      {
        rule: 'timestamp-type-not-time',
        column: 'seen',
        rows: 2,
        examples: [{ row: 1, value: '31.12.2013' }, { row: 2 }],
      },
    ]);
  });

  it('may have dates as texts in Parquet too', async () => {
    const seen = "CASE range WHEN 3 THEN 'soon' ELSE '2013-01-0' || (range + 1) END";
    const report = await checkParquet('text-dates.parquet', { seen }, 5);
    expect(report.findings).toMatchObject([
      { rule: 'timestamp-type-not-time', rows: 1, examples: [{ row: 4, value: 'soon' }] },
    ]);
    expect(report.to).toBe('2013-01-05T00:00:00.000Z');
  });

  it('is told of a quote that is never closed', async () => {
    const report = await check(
      'quote.csv',
      [HEADER, line(1), '"f2,2013-01-01T02:00:00Z,2.5,2,UA,true', line(3), line(4)].join('\n'),
    );
    expect(report.findings[0]).toMatchObject({ rule: 'row-unreadable', severity: 'error' });
    expect(report.findings[0]?.examples?.[0]?.row).toBe(2);
  });

  it('is refused under the extension of another format', async () => {
    const report = await check('lines.parquet', `${HEADER}\n${line(1)}`);
    expect(report.findings).toMatchObject([{ rule: 'object-unreadable', severity: 'error' }]);
    const csvAsJson = await check('rows.jsonl', [HEADER, line(1), line(2)].join('\n'));
    expect(csvAsJson.readable).toBe(false);
    expect(rulesOf(csvAsJson)).toContain('row-unreadable');
  });
});

describe('a file with columns that no spec can take', () => {
  it('is told which column is nested, and as what', async () => {
    const report = await checkParquet('nested.parquet', { temp: "{'value': range}", carrier: '[range]' }, 3);
    expect(report.findings.map(({ column, message }) => [column, message])).toEqual([
      ['temp', 'nested.parquet has temp as STRUCT("value" BIGINT), wanted number'],
      ['carrier', 'nested.parquet has carrier as BIGINT[], wanted string'],
    ]);
    expect(report.readable).toBe(false);
  });

  it('is told of nested values in JSON Lines', async () => {
    const row = {
      id: 'a',
      seen: '2013-01-01T00:00:00Z',
      temp: { value: 1 },
      count: [1],
      carrier: 'UA',
      late: true,
    };
    expect(rulesOf(await check('nested.jsonl', JSON.stringify(row)))).toEqual([
      'float-type-string-not-float temp',
      'int-type-not-int-string count',
    ]);
  });

  it('may have 5,000 columns more than the spec', async () => {
    const more = Object.fromEntries(Array.from({ length: 4994 }, (_, i) => [`more_${i}`, `${i}`]));
    const report = await checkParquet('wide.parquet', more, 20);
    expect(report.findings.filter((f) => f.rule === 'schema-new-column')).toHaveLength(4994);
    expect([report.rows, report.readable, report.findings.some((f) => f.severity === 'error')]).toEqual([
      20,
      true,
      false,
    ]);
  });

  it('may have as many columns as a spec can name, each with rules', async () => {
    const columns = Array.from({ length: 497 }, (_, i) => ({ name: `n${i}`, type: 'number', max: 100 + i }));
    const values = Object.fromEntries(
      columns.map(({ name }, i) => [name, i === 400 ? 'range * 100' : 'range']),
    );
    const report = await checkParquet('many.parquet', values, 20, { columns });
    expect(report.findings.filter((f) => f.rule !== 'schema-new-column')).toMatchObject([
      { rule: 'float-type-big-float', column: 'n400', rows: 14 },
    ]);
  });
});

describe('a file with a hundred columns of codes', () => {
  it('has each held against its vocabulary', async () => {
    const columns = Array.from({ length: 100 }, (_, i) => ({
      name: `k${i}`,
      type: 'string',
      values: ['A', 'B'],
    }));
    const values = Object.fromEntries(
      columns.map(({ name }, i) => [
        name,
        i === 31 || i === 99 ? "CASE range WHEN 4999 THEN 'C' ELSE 'A' END" : "'B'",
      ]),
    );
    const report = await checkParquet('codes.parquet', values, 5000, { columns });
    expect(report.findings.filter((f) => f.rule !== 'schema-new-column')).toMatchObject([
      { column: 'k31', rows: 1, examples: [{ row: 5000, value: 'C' }] },
      { column: 'k99', rows: 1, examples: [{ row: 5000, value: 'C' }] },
    ]);
  });
});

describe('numbers at the edge', () => {
  it('are decimals, compared as such', async () => {
    const columns = [{ name: 'temp', type: 'number', max: 2 }, ...COLUMNS.slice(1)];
    const report = await checkParquet('decimal.parquet', { temp: 'CAST(range AS DECIMAL(18, 3)) / 2' }, 6, {
      columns,
    });
    expect(report.findings).toMatchObject([
      { rule: 'float-type-big-float', rows: 1, examples: [{ row: 6 }] },
    ]);
    const whole = await checkParquet('halves.parquet', { count: 'CAST(range / 2 AS DECIMAL(18, 1))' }, 4);
    expect(whole.findings).toMatchObject([{ rule: 'int-type-not-int-string', column: 'count', rows: 2 }]);
  });

  it.each(['parquet', 'jsonl', 'csv'])('are 64-bit ids, told apart beyond 2^53 in %s', async (ending) => {
    const unique = { id: 'once', kind: 'unique', columns: ['count'] };
    const name = `ids.${ending}`;
    const ids = ['9007199254740992', '9007199254740993', '9007199254740993'];
    const rows = ids.map((id, i) => ({
      id: `f${i}`,
      seen: '2013-01-01T00:00:00Z',
      temp: 1,
      count: id,
      carrier: 'UA',
      late: true,
    }));
    const asLine = (row: (typeof rows)[number]) =>
      ending === 'csv'
        ? Object.values(row).join(',')
        : JSON.stringify(row).replace(/"count":"(\d+)"/, '"count":$1');
    const report =
      ending === 'parquet'
        ? await checkParquet(name, { count: `[${ids}][range + 1]` }, 3, { constraints: [unique] })
        : await check(name, [...(ending === 'csv' ? [HEADER] : []), ...rows.map(asLine)].join('\n'), {
            constraints: [unique],
          });
    expect(report.findings).toMatchObject([
      { rule: 'feature-type-low-unique', rows: 1, examples: [{ row: 3, value: '9007199254740993' }] },
    ]);
  });
});

describe('columns that hold little', () => {
  const rules = [
    { id: 'range', kind: 'range', column: 'temp', min: 0, max: 9 },
    { id: 'pattern', kind: 'pattern', column: 'carrier', pattern: '[A-Z]{2}' },
    { id: 'whole', kind: 'sql', sql: 'temp < count OR carrier IS NULL' },
    { id: 'some', kind: 'completeness', column: 'temp', tolerance: 0.5 },
  ];

  it('break nothing but completeness when they are null throughout', async () => {
    const nothing = {
      temp: 'CAST(NULL AS DOUBLE)',
      count: 'CAST(NULL AS BIGINT)',
      carrier: 'CAST(NULL AS VARCHAR)',
    };
    const report = await checkParquet('null.parquet', nothing, 10, { constraints: rules });
    expect(report.findings).toMatchObject([{ constraint: 'some', rows: 10, share: 1 }]);
    const untyped = await checkParquet('untyped.parquet', { ...nothing, temp: 'NULL' }, 10, {
      constraints: rules,
    });
    expect(untyped.rows).toBe(10);
  });

  it('tell an empty text from none in JSON Lines, where there are both', async () => {
    const row = (carrier: string | null) => ({
      id: 'a',
      seen: '2013-01-01T00:00:00Z',
      temp: 1,
      count: 2,
      carrier,
      late: true,
    });
    const lines = [row(''), row(null)].map((r) => JSON.stringify(r)).join('\n');
    const report = await check('empty.jsonl', lines, { constraints: rules });
    expect(report.findings).toMatchObject([{ constraint: 'pattern', rows: 1, examples: [{ row: 1 }] }]);
  });

  it('may be constant, and NaN throughout', async () => {
    const constant = await checkParquet('constant.parquet', { temp: '1.0', count: '5' }, 10, {
      constraints: rules,
    });
    expect(constant.findings).toEqual([]);
    const nan = await checkParquet('nan.parquet', { temp: "'nan'::DOUBLE" }, 10, { constraints: rules });
    expect(nan.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'float-type-has-nan warning',
      'row-constraint-broken error',
    ]);
  });

  it('may be one row', async () => {
    const report = await checkParquet('one.parquet', { temp: '100' }, 1, { constraints: rules });
    expect(report.findings.map((f) => f.constraint).sort()).toEqual(['range', 'whole']);
  });
});
