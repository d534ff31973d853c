import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { aChecker, GOOD, goodRows, HEADER, only, rulesOf } from '../a-raw-file.ts';

const { check, checkCsv, checkFile, checkSql, engine, path } = aChecker();

describe('validateFile on what is hardly a file', () => {
  it('finds a CSV with broken rows, and numbers the others past them', async () => {
    const report = await checkCsv([
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
    const fields = await checkCsv([
      GOOD[0] as string,
      'f,2013-01-01T00:00:00Z,5',
      'x,2013-01-01T03:00:00Z,999,1,UA,true',
    ]);
    expect(fields.rows).toBe(3);
    const big = fields.findings.find((finding) => finding.rule === 'float-type-big-float');
    expect(big?.examples).toEqual([{ row: 3, value: '999' }]);
  });

  it.each(['\n', '\r\n'])(
    'numbers no blank line, neither for a broken row nor for a bad value',
    async (end) => {
      const lines = [
        HEADER,
        '',
        '',
        GOOD[0],
        '',
        'f,"x',
        '',
        '"" y",5',
        GOOD[2],
        'x,2013-01-01T03:00:00Z,999,1,UA,true',
      ];
      const report = await check('blank.csv', lines.join(end));
      expect(report.findings).toMatchObject([
        { rule: 'row-unreadable', examples: [{ row: 2 }] },
        { rule: 'float-type-big-float', examples: [{ row: 4, value: '999' }] },
      ]);
    },
  );

  it('numbers rows past one that is no UTF-8, whatever column breaks a rule', async () => {
    const lines = [HEADER, ...GOOD.slice(0, 2), 'x,2013-01-01T03:00:00Z,999,1,UA,true'].join('\n');
    const [before, after] = lines.split('f1');
    const report = await check('latin.csv', Buffer.from(`${before}f\xe9${after}`, 'latin1'));
    expect(report.rows).toBe(3);
    expect(report.findings).toMatchObject([
      { rule: 'row-unreadable', examples: [{ row: 2 }] },
      { rule: 'float-type-big-float', examples: [{ row: 3, value: '999' }] },
    ]);
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
    expect(only(await checkCsv([]))).toMatchObject({ rule: 'dataset-low-num-examples', severity: 'error' });
    expect(only(await checkSql('none.parquet', goodRows({}, 0)))).toMatchObject({
      rule: 'dataset-low-num-examples',
    });
  });

  it('finds a truncated Parquet file, at its end and in its middle', async () => {
    await engine().copy(goodRows({}, 5000), path('cut.parquet'));
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
    const report = await checkFile('cut.csv.gz');
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
    const named = await check('binary.csv', readFileSync(path('none.parquet')));
    expect(only(named)).toMatchObject({ message: 'binary.csv is a Parquet file, against its name' });
  });

  it('finds a header that names a column twice', async () => {
    const report = await check('twice.csv', 'id,id\n1,2\n');
    expect(only(report)).toMatchObject({
      message: 'twice.csv cannot be read: there are two columns id: rename one',
    });
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
