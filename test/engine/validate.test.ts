import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/domain/findings.ts';
import { type FileReport, validateFile } from '../../lib/engine/validate.ts';
import { anEngine } from './a-folder.ts';
import { aSpec } from './a-spec.ts';

const { engine, path } = anEngine();

const spec = aSpec({
  columns: [
    { name: 'temp', type: 'number', nullable: true, maxNullShare: 0.5, min: -30, max: 130, tolerance: 0.1 },
    { name: 'count', type: 'integer', min: 0 },
    { name: 'carrier', type: 'string', values: ['UA', 'B6'] },
  ],
});

const HEADER = 'id,seen,temp,count,carrier,late';
const GOOD = Array.from(
  { length: 20 },
  (_, i) => `f${i},2013-01-01T${String(i).padStart(2, '0')}:00:00Z,${40 + i},${i},UA,true`,
);

async function check(name: string, content: string | Buffer): Promise<FileReport> {
  writeFileSync(path(name), content);
  return validateFile({ file: path(name), objectKey: `landing/flights/u1/${name}`, spec }, engine());
}

async function checkSql(name: string, select: string): Promise<FileReport> {
  await engine().copy(select, path(name));
  return validateFile({ file: path(name), objectKey: `landing/flights/u1/${name}`, spec }, engine());
}

const csv = (lines: readonly string[]) => check('rows.csv', [HEADER, ...lines].join('\n'));
const rulesOf = (report: FileReport) =>
  report.findings.map((finding) => `${finding.rule} ${finding.column ?? ''}`.trim());

function only(report: FileReport): Finding {
  expect(report.findings).toHaveLength(1);
  return report.findings[0] as Finding;
}

/** Good rows in Parquet, with some columns replaced. */
function parquet(replace: Record<string, string> = {}, rows = 20): string {
  const values: Record<string, string> = {
    id: "'f' || range",
    seen: "TIMESTAMP '2013-01-01' + to_hours(range)",
    temp: '40.0 + range',
    count: 'range',
    carrier: "'UA'",
    late: 'range % 2 = 0',
    ...replace,
  };
  const list = Object.entries(values).map(([name, value]) => `${value} AS ${name}`);
  return `SELECT ${list.join(', ')} FROM range(${rows})`;
}

describe('validateFile', () => {
  it('finds nothing in good rows of every format, and their time range', async () => {
    const good = {
      rows: 20,
      findings: [],
      from: '2013-01-01T00:00:00.000Z',
      to: '2013-01-01T19:00:00.000Z',
      readable: true,
    };
    expect(await csv(GOOD)).toEqual(good);
    expect(await check('rows.csv.gz', gzipSync([HEADER, ...GOOD].join('\r\n')))).toEqual(good);
    expect(await checkSql('rows.parquet', parquet())).toEqual(good);
    expect(await checkSql('rows.jsonl', parquet())).toEqual(good);
    expect(await checkSql('rows.jsonl.gz', parquet())).toEqual(good);
  });

  it('finds a missing and a new column', async () => {
    const report = await checkSql(
      'columns.parquet',
      `SELECT * EXCLUDE (temp), 1 AS extra FROM (${parquet()})`,
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
    const select = parquet({ [column]: value }).replace(
      'range::BLOB',
      'CAST(CAST(range AS VARCHAR) AS BLOB)',
    );
    const finding = only(await checkSql('type.parquet', select));
    expect(finding).toMatchObject({ rule: 'unexpected-data-type', column, severity: 'error' });
    expect(finding.message).toContain(type);
  });

  it('finds values in other units beyond the tolerance, with rows', async () => {
    const celsiusToKelvin = GOOD.map((line, i) => (i < 3 ? line.replace(/,\d+,/, `,${300 + i},`) : line));
    const finding = only(await csv(celsiusToKelvin));
    expect(finding).toEqual({
      rule: 'float-type-big-float',
      column: 'temp',
      object: 'landing/flights/u1/rows.csv',
      severity: 'error',
      rows: 3,
      share: 0.15,
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
    expect(only(await csv(one))).toMatchObject({
      rule: 'float-type-small-float',
      severity: 'warning',
      examples: [{ row: 5, value: '-99' }],
    });
  });

  it('shows at most 20 rows of many', async () => {
    const finding = only(await checkSql('many.parquet', parquet({ count: '-1', temp: '50' }, 500)));
    expect(finding).toMatchObject({ rule: 'int-type-small-int', rows: 500 });
    expect(finding.examples).toHaveLength(20);
  });

  it('finds texts that are no numbers, integers, booleans or times', async () => {
    const report = await csv([
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
    const report = await csv([
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
      parquet({ temp: "CASE range WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN 'inf'::DOUBLE ELSE 5 END" }),
    );
    expect(rulesOf(report)).toEqual(['float-type-has-nan temp', 'float-type-has-inf temp']);
  });

  it('takes a float column of whole numbers for integers, NaN for a missing one', async () => {
    const whole = await checkSql('whole.parquet', parquet({ count: 'range::DOUBLE' }));
    expect(whole.findings).toEqual([]);
    const missing = await checkSql(
      'missing.parquet',
      parquet({ count: "CASE range WHEN 0 THEN 'nan'::DOUBLE ELSE range END" }),
    );
    expect(rulesOf(missing)).toEqual(['feature-type-low-fraction-present count']);
  });
});

describe('validateFile on what is hardly a file', () => {
  it('finds a CSV with broken rows, and numbers the others past them', async () => {
    const report = await csv([
      GOOD[0] as string,
      'f,2013-01-01T00:00:00Z,5',
      GOOD[2] as string,
      '"open,2013-01-01T00:00:00Z,5,1,UA,true,too,many',
      'x,2013-01-01T03:00:00Z,999,1,UA,true',
    ]);
    const broken = report.findings.find((finding) => finding.rule === 'row-unreadable');
    expect(broken).toMatchObject({
      severity: 'error',
      examples: [{ row: 2, value: 'f,2013-01-01T00:00:00Z,5' }, { row: 4 }],
    });
    const fields = await csv([
      GOOD[0] as string,
      'f,2013-01-01T00:00:00Z,5',
      'x,2013-01-01T03:00:00Z,999,1,UA,true',
    ]);
    expect(fields.rows).toBe(3);
    const big = fields.findings.find((finding) => finding.rule === 'float-type-big-float');
    expect(big?.examples).toEqual([{ row: 3, value: '999' }]);
  });

  it('finds lines that are no JSON objects', async () => {
    const good = JSON.stringify({
      id: 'a',
      seen: '2013-01-01T00:00:00Z',
      temp: 5,
      count: 1,
      carrier: 'UA',
      late: true,
    });
    const report = await check('broken.jsonl', `${good}\n{"id":\n[1]\n${good}\n`);
    expect(report.rows).toBe(4);
    expect(only(report)).toMatchObject({
      rule: 'row-unreadable',
      rows: 2,
      examples: [{ row: 2 }, { row: 3, value: '[1]' }],
    });
  });

  it('finds an empty file, and one without rows', async () => {
    expect(only(await check('empty.csv', ''))).toMatchObject({
      rule: 'object-unreadable',
      message: 'empty.csv is empty, wanted at least one row',
    });
    expect(only(await check('empty.parquet', ''))).toMatchObject({ rule: 'object-unreadable' });
    expect(only(await csv([]))).toMatchObject({ rule: 'dataset-low-num-examples', severity: 'error' });
    expect(only(await checkSql('none.parquet', parquet({}, 0)))).toMatchObject({
      rule: 'dataset-low-num-examples',
    });
  });

  it('finds a truncated Parquet file, at its end and in its middle', async () => {
    await engine().copy(parquet({}, 5000), path('cut.parquet'));
    const whole = readFileSync(path('cut.parquet'));
    expect(only(await check('cut.parquet', whole.subarray(0, whole.length - 100)))).toMatchObject({
      rule: 'object-unreadable',
      message: 'cut.parquet is a truncated Parquet file: it does not end in PAR1',
    });
    const holed = Buffer.concat([whole.subarray(0, 1000), whole.subarray(3000)]);
    const report = await check('holed.parquet', holed);
    expect(only(report)).toMatchObject({ rule: 'object-unreadable', severity: 'error' });
    expect(report.readable).toBe(false);
  });

  it('finds a truncated gzip file, which the engine would read as a shorter one', async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, i) => `f${i},2013-01-01T00:00:00Z,${(i * 7919) % 100},${i},UA,true`,
    );
    writeFileSync(path('cut.csv.gz'), gzipSync([HEADER, ...lines].join('\n')));
    truncateSync(path('cut.csv.gz'), 10_000);
    const file = path('cut.csv.gz');
    const report = await validateFile({ file, objectKey: 'landing/flights/u1/cut.csv.gz', spec }, engine());
    expect(only(report)).toMatchObject({
      rule: 'object-unreadable',
      message: 'cut.csv.gz is a broken gzip file: unexpected end of file',
    });
  });

  it('finds a format it does not know, and one that is not what its name says', async () => {
    expect(only(await check('rows.xlsx', 'PK'))).toMatchObject({
      rule: 'object-format-unknown',
      severity: 'error',
    });
    expect(only(await check('text.parquet', 'id,seen\n'))).toMatchObject({ rule: 'object-unreadable' });
    expect(only(await check('plain.csv.gz', HEADER))).toMatchObject({ rule: 'object-unreadable' });
    const named = await check('binary.csv', readFileSync(path('rows.parquet')));
    expect(only(named)).toMatchObject({ message: 'binary.csv is a Parquet file, against its name' });
  });

  it('finds a header that names a column twice', async () => {
    const report = await check('twice.csv', 'id,id\n1,2\n');
    expect(only(report)).toMatchObject({ message: 'twice.csv cannot be read: the header names id twice' });
  });

  it('finds bytes that are no UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}\n${GOOD[0]}\nx,2013-01-01T00:00:00Z,5,1,`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(',true\n'),
    ]);
    expect(rulesOf(await check('latin.csv', bytes))).toContain('row-unreadable');
  });
});
