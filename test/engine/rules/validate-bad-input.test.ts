import { describe, expect, it } from 'vitest';
import { aFileChecker, HEADER, line, rulesOf } from '../a-file-checker.ts';

const { check, checkParquet } = aFileChecker();

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

  it('may have 5,000 columns more than the spec as CSV, one of them short of a field', async () => {
    const more = Array.from({ length: 4994 }, (_, i) => i);
    const rows = [1, 2, 3].map((i) => [line(i), ...more.slice(i === 2 ? 1 : 0)].join(','));
    const report = await check('wide.csv', [`${HEADER},${more.map((i) => `more_${i}`)}`, ...rows].join('\n'));
    expect(report.rows).toBe(3);
    expect(report.findings.filter((f) => f.rule !== 'schema-new-column')).toMatchObject([
      { rule: 'row-unreadable', examples: [{ row: 2 }] },
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
