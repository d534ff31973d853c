import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { aChecker, GOOD, goodRows, HEADER, only, rulesOf } from '../a-raw-file.ts';

const { check, checkCsv, checkSql } = aChecker();

describe('validateFile', () => {
  it('finds nothing in good rows of every format, and their time range', async () => {
    const good = {
      schema: expect.any(Array),
      rows: 20,
      findings: [],
      from: '2013-01-01T00:00:00.000Z',
      to: '2013-01-01T19:00:00.000Z',
      readable: true,
    };
    expect(await checkCsv(GOOD)).toEqual(good);
    expect(await check('rows.csv.gz', gzipSync([HEADER, ...GOOD].join('\r\n')))).toEqual(good);
    expect(await checkSql('rows.parquet', goodRows())).toEqual(good);
    expect(await checkSql('rows.jsonl', goodRows())).toEqual(good);
    expect(await checkSql('rows.jsonl.gz', goodRows())).toEqual(good);
  });

  it('finds a missing and a new column', async () => {
    const report = await checkSql(
      'columns.parquet',
      `SELECT * EXCLUDE (temp), 1 AS extra FROM (${goodRows()})`,
    );
    expect(rulesOf(report)).toEqual(['schema-missing-column temp', 'schema-new-column extra']);
    expect(report.findings.map((finding) => finding.severity)).toEqual(['error', 'warning']);
    expect(report.readable).toBe(false);
  });

  it.each([
    ['temp', "'warm'", 'VARCHAR'],
    ['count', 'range::BLOB', 'BLOB'],
    ['carrier', 'range', 'BIGINT'],
    ['late', "{'a': 1}", 'STRUCT(a INTEGER)'],
    ['seen', 'range::DOUBLE', 'DOUBLE'],
  ])('finds %s of a wrong type in Parquet', async (column, value, type) => {
    const select = goodRows({ [column]: value }).replace(
      'range::BLOB',
      'CAST(CAST(range AS VARCHAR) AS BLOB)',
    );
    const finding = only(await checkSql('type.parquet', select));
    expect(finding).toMatchObject({ rule: 'unexpected-data-type', column, severity: 'error' });
    expect(finding.message).toContain(type);
    expect(finding.examples).toHaveLength(20);
  });

  it('shows the values that made a Parquet column a text before those that did not', async () => {
    const temp = "CASE range WHEN 7 THEN 'mild' WHEN 3 THEN NULL ELSE CAST(range AS VARCHAR) END";
    const { examples } = only(await checkSql('worded.parquet', goodRows({ temp })));
    expect(examples?.slice(0, 2)).toEqual([
      { row: 8, value: 'mild' },
      { row: 1, value: '0' },
    ]);
    expect(examples).toHaveLength(19);
  });

  it('finds values in other units beyond the tolerance, with rows', async () => {
    const celsiusToKelvin = GOOD.map((line, i) => (i < 3 ? line.replace(/,\d+,/, `,${300 + i},`) : line));
    const finding = only(await checkCsv(celsiusToKelvin));
    expect(finding).toEqual({
      rule: 'float-type-big-float',
      column: 'temp',
      object: 'landing/flights/u1/rows.csv',
      severity: 'error',
      rows: 3,
      share: 0.15,
      // scipy 1.17: binomtest(3, 20).proportion_ci(method='wilson')
      interval: [expect.closeTo(0.05236874589621659, 12), expect.closeTo(0.36041886474075696, 12)],
      message: 'column temp is above 130 in 3 of 20 rows (15 %), wanted at most 10 %',
      examples: [
        { row: 1, value: '300' },
        { row: 2, value: '301' },
        { row: 3, value: '302' },
      ],
    });
  });

  it('only warns within the tolerance', async () => {
    const one = GOOD.map((line, i) => (i === 4 ? line.replace(/,\d+,/, ',-99,') : line));
    expect(only(await checkCsv(one))).toMatchObject({
      rule: 'float-type-small-float',
      severity: 'warning',
      examples: [{ row: 5, value: '-99' }],
    });
  });

  it('shows at most 20 rows of many', async () => {
    const finding = only(await checkSql('many.parquet', goodRows({ count: '-1', temp: '50' }, 500)));
    expect(finding).toMatchObject({ rule: 'int-type-small-int', rows: 500 });
    expect(finding.examples).toHaveLength(20);
  });

  it('finds texts that are no numbers, integers, booleans or times', async () => {
    const report = await checkCsv([
      'a,2013-01-01T00:00:00Z,warm,1,UA,true',
      'b,2013-01-01T01:00:00Z,1_000,0.5,UA,true',
      'c,yesterday,5,1,UA,perhaps',
    ]);
    expect(rulesOf(report)).toEqual([
      'timestamp-type-not-time seen',
      'float-type-string-not-float temp',
      'int-type-not-int-string count',
      'bool-type-unexpected-string late',
    ]);
    expect(report.findings[1]).toMatchObject({
      rows: 2,
      examples: [
        { row: 1, value: 'warm' },
        { row: 2, value: '1_000' },
      ],
    });
  });

  it('takes JSON types at their word', async () => {
    const line = { id: 'a', seen: '2013-01-01T00:00:00Z', temp: '5', count: 1.5, carrier: 7, late: 'true' };
    const report = await check('types.jsonl', `${JSON.stringify(line)}\n`);
    expect(rulesOf(report)).toEqual([
      'float-type-string-not-float temp',
      'int-type-not-int-string count',
      'unexpected-data-type carrier',
      'bool-type-unexpected-string late',
    ]);
  });

  it('finds nulls beyond their share, and the vocabulary', async () => {
    const report = await checkCsv([
      'a,2013-01-01T00:00:00Z,,1,UA,true',
      'b,2013-01-01T01:00:00Z,,,XX,',
      'c,2013-01-01T02:00:00Z,5,1,UA,true',
    ]);
    expect(
      report.findings.map(({ rule, column, severity, rows }) => ({ rule, column, severity, rows })),
    ).toEqual([
      { rule: 'feature-type-low-fraction-present', column: 'temp', severity: 'error', rows: 2 },
      { rule: 'feature-type-low-fraction-present', column: 'count', severity: 'error', rows: 1 },
      { rule: 'enum-type-unexpected-string-values', column: 'carrier', severity: 'error', rows: 1 },
      { rule: 'feature-type-low-fraction-present', column: 'late', severity: 'error', rows: 1 },
    ]);
  });

  it('keeps NaN and infinity out of the range rules', async () => {
    const report = await checkSql(
      'nan.parquet',
      goodRows({ temp: "CASE range WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN 'inf'::DOUBLE ELSE 5 END" }),
    );
    expect(rulesOf(report)).toEqual(['float-type-has-nan temp', 'float-type-has-inf temp']);
  });

  it('takes a float column of whole numbers for integers, NaN for a missing one', async () => {
    const whole = await checkSql('whole.parquet', goodRows({ count: 'range::DOUBLE' }));
    expect(whole.findings).toEqual([]);
    const missing = await checkSql(
      'missing.parquet',
      goodRows({ count: "CASE range WHEN 0 THEN 'nan'::DOUBLE ELSE range END" }),
    );
    expect(rulesOf(missing)).toEqual(['feature-type-low-fraction-present count']);
  });
});
