import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inputColumns, type ModelSpec } from '../../../lib/domain/spec.ts';
import { computeFile } from '../../../lib/engine/features/compute-file.ts';
import { createFeatures } from '../../../lib/engine/features/features.ts';
import { mismatchName } from '../../../lib/engine/read/parsed-column.ts';
import {
  readParquetRows,
  splitNewest,
  writeJsonLines,
  writeParquetRows,
} from '../../../lib/engine/read/rows.ts';
import type { Row } from '../../../lib/engine/result-rows.ts';
import { anEngine } from '../a-folder.ts';
import { aSpec } from '../a-spec.ts';

const { engine, path } = anEngine();

const columns = [
  { name: 'temp', type: 'number', nullable: true },
  { name: 'count', type: 'integer', nullable: true },
  { name: 'carrier', type: 'string', nullable: true },
  { name: 'wet', type: 'boolean', nullable: true },
];
const spec = aSpec({
  columns,
  sql: `SELECT temp * 1.8 + 32 AS f, 10 / temp AS inverse, count % 7 AS weekday, upper(carrier) AS carrier, wet,
    hour(seen - INTERVAL 5 HOUR) AS hour, coalesce(temp, -1) AS filled FROM input`,
});

const rows: Row[] = Array.from({ length: 200 }, (_, i) => ({
  id: `f${String((i * 37) % 200).padStart(3, '0')}`,
  seen: new Date(Date.UTC(2013, 0, 1) + ((i * 37) % 200) * 3_600_000).toISOString(),
  temp: i % 11 === 0 ? null : (i % 9) - 4 + 0.25,
  count: i % 13 === 0 ? null : i,
  carrier: i % 17 === 0 ? null : ['ua', 'b6', 'été'][i % 3],
  wet: i % 5 === 0 ? null : i % 2 === 0,
  late: i % 3 === 0,
}));

function csvOf(all: readonly Row[], of: ModelSpec): string {
  const names = of.schema.columns.map((c) => c.name);
  return [names.join(','), ...all.map((row) => names.map((name) => row[name] ?? '').join(','))].join('\n');
}

describe('computeFile', () => {
  it('gives the features that serving gives, from Parquet, CSV and JSON Lines', async () => {
    const parquet = path('rows.parquet');
    await writeParquetRows(rows, spec.schema.columns, parquet, engine());
    writeFileSync(path('rows.csv'), csvOf(rows, spec));
    writeFileSync(path('rows.csv.gz'), gzipSync(csvOf(rows, spec)));
    writeFileSync(path('rows.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
    const features = await createFeatures(spec);
    const sorted = [...rows].sort((a, b) => (String(a.seen) < String(b.seen) ? -1 : 1));
    const served = await features.compute(
      sorted.map((row) => Object.fromEntries(inputColumns(spec).map((c) => [c.name, row[c.name]]))),
    );
    features.close();
    for (const name of ['rows.parquet', 'rows.csv', 'rows.csv.gz', 'rows.jsonl']) {
      const output = path(`${name}.out.parquet`);
      const computed = await computeFile({ inputs: [path(name)], spec, output }, engine());
      expect(computed).toEqual({ rows: 200, from: sorted[0]?.seen, to: sorted.at(-1)?.seen });
      const read = await readParquetRows(output, undefined, engine());
      const names = features.columns.map((c) => c.name);
      expect(
        read.map((row) => Object.fromEntries(names.map((n) => [n, row[n]]))),
        name,
      ).toEqual(served);
      expect(read.map(({ _id, _time, late }) => ({ _id, _time, late }))).toEqual(
        sorted.map(({ id, seen, late }) => ({ _id: id, _time: seen, late })),
      );
    }
  });

  it('keeps the rows of [from, to) and each id once', async () => {
    const parquet = path('twice.parquet');
    await writeParquetRows(rows, spec.schema.columns, parquet, engine());
    const output = path('twice.out.parquet');
    const range = { from: '2013-01-02T00:00:00Z', to: '2013-01-03T00:00:00Z' };
    const computed = await computeFile({ inputs: [parquet, parquet], spec, output, ...range }, engine());
    expect(computed).toEqual({ rows: 24, from: '2013-01-02T00:00:00.000Z', to: '2013-01-02T23:00:00.000Z' });
  });

  it('leaves out of training what has no label', async () => {
    const parquet = path('unlabelled.parquet');
    const some = rows.slice(0, 10).map((row, i) => (i < 4 ? { ...row, late: null } : row));
    await writeParquetRows(some, spec.schema.columns, parquet, engine());
    const input = { inputs: [parquet], spec, output: path('unlabelled.out.parquet') };
    expect(await computeFile(input, engine())).toMatchObject({ rows: 6 });
    expect(await computeFile({ ...input, columns: 'profile' }, engine())).toMatchObject({ rows: 10 });
  });

  it('gives two specs of one schema the same rows in the same order', async () => {
    const parquet = path('champion.parquet');
    await writeParquetRows(rows, spec.schema.columns, parquet, engine());
    const other = aSpec({ columns, sql: 'SELECT temp FROM input' });
    const [a, b] = [path('a.parquet'), path('b.parquet')];
    await computeFile({ inputs: [parquet], spec, output: a }, engine());
    await computeFile({ inputs: [parquet], spec: other, output: b }, engine());
    expect(await readParquetRows(a, ['_id'], engine())).toEqual(await readParquetRows(b, ['_id'], engine()));
  });

  it('writes inputs and features side by side for a profile', async () => {
    const parquet = path('profile.parquet');
    await writeParquetRows(rows.slice(0, 3), spec.schema.columns, parquet, engine());
    const output = path('profile.out.parquet');
    await computeFile({ inputs: [parquet], spec, output, columns: 'profile' }, engine());
    const [row] = await readParquetRows(output, undefined, engine());
    expect(Object.keys(row as object)).toEqual([
      ...['input.id', 'input.seen', 'input.temp', 'input.count', 'input.carrier', 'input.wet'],
      ...[
        'feature.f',
        'feature.inverse',
        'feature.weekday',
        'feature.carrier',
        'feature.wet',
        'feature.hour',
        'feature.filled',
      ],
      ...['_time', '_id'],
      ...['id', 'seen', 'temp', 'count', 'carrier', 'wet'].map((name) => mismatchName(`input.${name}`)),
    ]);
  });

  it('takes the time of receipt where the spec has no time column', async () => {
    const timeless = aSpec({ columns, sql: 'SELECT temp FROM input', timeColumn: null });
    const parquet = path('timeless.parquet');
    await writeParquetRows(rows.slice(0, 3), timeless.schema.columns, parquet, engine());
    const input = { inputs: [parquet], spec: timeless, output: path('timeless.out.parquet') };
    const receivedAt = '2026-01-01T00:00:00.000Z';
    expect(await computeFile({ ...input, receivedAt }, engine())).toEqual({
      rows: 3,
      from: receivedAt,
      to: receivedAt,
    });
    await expect(computeFile(input, engine())).rejects.toThrow(
      'a spec without timeColumn needs the time of receipt',
    );
  });

  it('has no rows and no range when nothing is in range', async () => {
    const parquet = path('none.parquet');
    await writeParquetRows(rows.slice(0, 3), spec.schema.columns, parquet, engine());
    const input = { inputs: [parquet], spec, output: path('none.out.parquet'), from: '2020-01-01T00:00:00Z' };
    expect(await computeFile(input, engine())).toEqual({ rows: 0 });
  });

  it('fails loudly when the SQL fails on a row', async () => {
    const parquet = path('fails.parquet');
    await writeParquetRows(rows, spec.schema.columns, parquet, engine());
    const failing = aSpec({ columns, sql: 'SELECT ln(temp) AS l FROM input' });
    const input = { inputs: [parquet], spec: failing, output: path('fails.out.parquet') };
    await expect(computeFile(input, engine())).rejects.toThrow('cannot take logarithm of a negative number');
  });
});

describe('a locked engine', () => {
  it('reads and writes the named files and no others', async () => {
    const [mine, other, output] = [path('mine.parquet'), path('other.parquet'), path('locked.parquet')];
    for (const file of [mine, other]) await engine().copy('SELECT 1 AS x', file);
    const locked = await engine().locked([mine, output]);
    try {
      expect(await locked.copy(`SELECT * FROM read_parquet('${mine}')`, output)).toBe(1);
      await expect(locked.query(`SELECT * FROM read_parquet('${other}')`)).rejects.toThrow(
        'Permission Error',
      );
      await expect(locked.copy('SELECT 1 AS x', other)).rejects.toThrow('Permission Error');
      await expect(locked.query("SET allowed_paths = ['/']")).rejects.toThrow();
    } finally {
      locked.close();
    }
  });
});

describe('files of rows', () => {
  it('go through Parquet unchanged', async () => {
    const file = path('unchanged.parquet');
    expect(await writeParquetRows(rows, spec.schema.columns, file, engine())).toBe(rows.length);
    expect(await readParquetRows(file, undefined, engine())).toEqual(rows);
    expect(await readParquetRows(file, ['late', 'id'], engine())).toEqual(
      rows.map(({ late, id }) => ({ late, id })),
    );
  });

  it('become JSON Lines in the asked order of columns', async () => {
    const file = path('lines.parquet');
    await writeParquetRows(rows, spec.schema.columns, file, engine());
    const output = path('lines.jsonl');
    await writeJsonLines({ file, columns: ['temp', 'carrier', 'wet'], output }, engine());
    const { readFileSync } = await import('node:fs');
    const lines = readFileSync(output, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      rows.map(({ temp, carrier, wet }) => ({ temp, carrier, wet })),
    );
    expect(Object.keys(JSON.parse(lines[0] as string))).toEqual(['temp', 'carrier', 'wet']);
  });

  it('are cut into older and newest without losing one', async () => {
    const file = path('cut.parquet');
    await writeParquetRows(rows, spec.schema.columns, file, engine());
    const [older, newer] = [path('older.parquet'), path('newer.parquet')];
    expect(await splitNewest({ file, share: 0.1, older, newer }, engine())).toEqual({
      older: 180,
      newer: 20,
    });
    expect(await readParquetRows([older, newer], undefined, engine())).toEqual(rows);
  });
});

describe('computeFile of rows that the model influenced', () => {
  const some = aSpec();
  const made = (n: number, first: number) =>
    Array.from({ length: n }, (_, i) => ({
      id: `r${first + i}`,
      seen: new Date(Date.UTC(2013, 0, 1) + (first + i) * 3_600_000).toISOString(),
      temp: first + i,
      late: true,
    }));
  const computed = async (plain: number, influenced: number, maxShare: number, first = 1000) => {
    const [a, b] = [path('plain.parquet'), path('influenced.parquet')];
    await writeParquetRows(made(plain, 0), some.schema.columns, a, engine());
    await writeParquetRows(made(influenced, first), some.schema.columns, b, engine());
    const output = path('capped.parquet');
    const share = { files: [b], maxShare };
    const result = await computeFile({ inputs: [a, b], spec: some, output, influenced: share }, engine());
    const rows = await readParquetRows<{ temp: number }>(output, ['temp'], engine());
    return { ...result, kept: rows.map((r) => r.temp).filter((t) => t >= first) };
  };

  it.each([
    [90, 60, 0.25, 30],
    [90, 20, 0.25, 20],
    [91, 60, 0.25, 30],
    [300, 400, 0.4, 200],
    [90, 60, 0, 0],
    [90, 60, 1, 60],
    [0, 60, 0.25, 0],
  ])(
    'keeps of %i plain and %i influenced rows at most a share of %f',
    async (plain, influenced, share, kept) => {
      const result = await computed(plain, influenced, share);
      expect(result).toMatchObject({ rows: plain + kept, influenced: { kept, leftOut: influenced - kept } });
      expect(result.kept).toHaveLength(kept);
    },
  );

  it('keeps an even sample, and the same rows whatever else is read', async () => {
    const few = await computed(60, 200, 0.25);
    const more = await computed(120, 200, 0.25);
    expect(more.kept).toEqual(expect.arrayContaining(few.kept));
    const older = more.kept.filter((t) => t < 1100).length;
    expect(older).toBeGreaterThan(10);
    expect(older).toBeLessThan(30);
  });

  it('gives no row of the files that it is to be judged by', async () => {
    const [all, golden] = [path('all.parquet'), path('golden.jsonl')];
    await writeParquetRows(made(20, 0), some.schema.columns, all, engine());
    const cases = made(5, 10).map((row) => ({ ...row, temp: 99 }));
    writeFileSync(golden, cases.map((row) => JSON.stringify(row)).join('\n'));
    const output = path('without.parquet');
    await computeFile({ inputs: [all], spec: some, output, without: [golden] }, engine());
    const rows = await readParquetRows<{ temp: number }>(output, ['temp'], engine());
    expect(rows.map((r) => r.temp)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 18, 19]);
  });
});
