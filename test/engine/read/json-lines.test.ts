import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type JsonColumn, jsonLinesToParquet } from '../../../lib/engine/read/json-lines.ts';
import { readParquetRows } from '../../../lib/engine/read/rows.ts';
import { anEngine } from '../a-folder.ts';

const { engine, path } = anEngine();

const columns: JsonColumn[] = [
  { name: 'predictionId', path: '$.predictionId', type: 'string' },
  { name: '_time', path: '$.eventTime', type: 'timestamp' },
  { name: 'input.temp', path: '$.input.temp', type: 'number' },
  { name: 'input.wet', path: '$.input.wet', type: 'boolean' },
  { name: 'output.label', path: '$.output.label', type: 'string' },
];

function line(predictionId: string, hour: number, temp: number | null): string {
  const eventTime = `2013-01-01T0${hour}:00:00.000Z`;
  return JSON.stringify({
    predictionId,
    eventTime,
    input: { temp, wet: true },
    output: { label: false, score: 0.5 },
  });
}

describe('jsonLinesToParquet', () => {
  it('flattens logs, counts a repeated prediction once and sorts by time', async () => {
    writeFileSync(path('a.jsonl.gz'), gzipSync(`${line('p2', 2, 5)}\n${line('p1', 1, null)}\n`));
    writeFileSync(path('b.jsonl'), `${line('p1', 1, 99)}\n${line('p3', 0, 7)}\n`);
    const output = path('log.parquet');
    const files = [path('a.jsonl.gz'), path('b.jsonl')];
    const rows = await jsonLinesToParquet(
      { files, columns, distinctBy: 'predictionId', orderBy: ['_time'], output },
      engine(),
    );
    expect(rows).toBe(3);
    expect(await readParquetRows(output, undefined, engine())).toEqual([
      {
        predictionId: 'p3',
        _time: '2013-01-01T00:00:00.000Z',
        'input.temp': 7,
        'input.wet': true,
        'output.label': 'false',
      },
      {
        predictionId: 'p1',
        _time: '2013-01-01T01:00:00.000Z',
        'input.temp': null,
        'input.wet': true,
        'output.label': 'false',
      },
      {
        predictionId: 'p2',
        _time: '2013-01-01T02:00:00.000Z',
        'input.temp': 5,
        'input.wet': true,
        'output.label': 'false',
      },
    ]);
  });

  it('writes an empty file of the right columns for no logs', async () => {
    const output = path('empty.parquet');
    expect(await jsonLinesToParquet({ files: [], columns, output }, engine())).toBe(0);
    const [described] = await engine().query(
      `SELECT count(*) AS n FROM (DESCRIBE SELECT * FROM read_parquet('${output}'))`,
    );
    expect(described).toEqual({ n: 5 });
  });

  it('fails on a line that is no JSON rather than lose it', async () => {
    writeFileSync(path('broken.jsonl'), `${line('p1', 1, 1)}\n{"predictionId":\n`);
    const input = { files: [path('broken.jsonl')], columns, output: path('broken.parquet') };
    await expect(jsonLinesToParquet(input, engine())).rejects.toThrow();
  });
});
