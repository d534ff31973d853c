import { describe, expect, it } from 'vitest';
import { aFileChecker, COLUMNS, HEADER } from '../a-file-checker.ts';

const { check, checkParquet } = aFileChecker();

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

describe('times that no date of JavaScript is', () => {
  const times = ['infinity', '-infinity', '275760-09-13', '275760-09-14', '2013-01-01'];
  const bad = {
    rule: 'timestamp-type-not-time',
    column: 'seen',
    rows: 3,
    examples: [{ row: 1, value: expect.stringContaining('infinity') }, { row: 2 }, { row: 4 }],
  };

  it.each(['csv', 'jsonl'])('are found as the rows that they are, in %s', async (ending) => {
    const asLine = (seen: string) =>
      ending === 'csv' ? `f,${seen},true` : JSON.stringify({ id: 'f', seen, late: true });
    const header = ending === 'csv' ? ['id,seen,late'] : [];
    const content = [...header, ...times.map(asLine)].join('\n');
    const report = await check(`times.${ending}`, content, { columns: [] });
    expect(report.findings).toMatchObject([bad]);
    expect([report.rows, report.from]).toEqual([5, '2013-01-01T00:00:00.000Z']);
  });

  it.each(['TIMESTAMP', 'TIMESTAMPTZ', 'DATE'])('are found in a Parquet column of %s', async (type) => {
    const seen = `[${times.map((time) => `'${time}'`)}][range + 1]::${type}`;
    const report = await checkParquet('times.parquet', { seen }, 5);
    expect(report.findings).toMatchObject([bad]);
    expect([report.rows, report.from]).toEqual([5, '2013-01-01T00:00:00.000Z']);
    const far = await checkParquet('far.parquet', { seen: "DATE '5000000-01-01'" }, 1);
    expect(far.findings).toMatchObject([{ rule: 'timestamp-type-not-time', rows: 1 }]);
  });

  it('are nothing to look for where a column has none', async () => {
    const report = await checkParquet('no-times.parquet', { seen: 'CAST(NULL AS TIMESTAMP)' }, 2);
    expect(report.findings).toMatchObject([{ column: 'seen', rows: 2 }]);
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
