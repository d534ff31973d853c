import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ScoreReport } from '../../../bin/mooring/offline/score-files.ts';
import type { StatisticsDocument } from '../../../lib/domain/model-monitor/statistics-document.ts';
import type { ViolationsDocument } from '../../../lib/domain/model-monitor/violations-document.ts';
import { writeParquetRows } from '../../../lib/engine/read/rows.ts';
import { anEngine } from '../../engine/a-folder.ts';
import { noise } from '../../support/a-world.ts';
import { anOfflineTerminal } from './a-terminal.ts';

const { run, file, path } = anOfflineTerminal();
const { engine } = anEngine();

/** A normal value that is always the same for the same arguments (Box and Muller). */
const normal = (i: number, stream: number) =>
  Math.sqrt(-2 * Math.log(1 - noise(i, stream))) * Math.cos(2 * Math.PI * noise(i, stream + 1));

const trips = (n: number, stream: number, warmer = 0) =>
  Array.from({ length: n }, (_, i) => ({
    temp: Number((10 + warmer + 5 * normal(i, stream)).toFixed(3)),
    carrier: ['AA', 'UA', 'B6'][Math.floor(noise(i, stream + 7) * 3)] as string,
    late: noise(i, stream + 8) < 0.3,
  }));
type Rows = ReturnType<typeof trips>;
const csv = (rows: Rows) =>
  `temp,carrier,late\n${rows.map((r) => `${r.temp},${r.carrier},${r.late}\n`).join('')}`;
const jsonl = (rows: Rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const base = () => file('base.csv', csv(trips(2000, 10)));

describe('mooring score', () => {
  it('calls the same stable, and says what it could have seen', async () => {
    const { code, text } = await run('score', base(), file('same.csv', csv(trips(2000, 30))));
    expect(code).toBe(0);
    expect(text).toMatch(/same\.csv \(2,000 rows\) against .*base\.csv \(2,000 rows\): stable/);
    expect(text).toContain('none of 3 columns moved; could have seen ≥');
  });

  it('exits with 1 when it drifted, the column that moved first', async () => {
    const { code, out } = await run('score', base(), file('warm.csv', csv(trips(2000, 30, 3))));
    expect(code).toBe(1);
    expect(out[0]).toMatch(/: drifted$/);
    expect(out[3]).toMatch(/^column +effect +interval +verdict +what moved$/);
    expect(out[4]).toMatch(/^temp +0\.\d+ σ +0\.\d+ to 0\.\d+ +drifted +temp moved/);
  });

  it('exits with 1 when one column of fifteen drifted, which is enough unless more are asked for', async () => {
    const wide = (rows: Rows) => {
      const others = Array.from({ length: 12 }, (_, i) => `c${i}`);
      const line = (row: Rows[number], i: number) =>
        [row.temp, row.carrier, row.late, ...others.map((_, c) => noise(i, 50 + c))].join(',');
      return `temp,carrier,late,${others.join(',')}\n${rows.map((row, i) => `${line(row, i)}\n`).join('')}`;
    };
    const before = file('wide.csv', wide(trips(1000, 10)));
    const now = file('wide-warm.csv', wide(trips(1000, 30, 30)));
    expect((await run('score', before, now)).code).toBe(1);
    expect((await run('score', before, now, '--min-share', '0.1')).code).toBe(0);
  });

  it.each(['evidently', 'nannyml'])('takes any name of a column, with %s beside it', async (preset) => {
    const named = (rows: Rows) => csv(rows).replace('temp,carrier', 'constructor,toString');
    const now = file('named-warm.csv', named(trips(2000, 30, 3)));
    const flags = ['--preset', preset];
    const { code, text } = await run('score', file('named.csv', named(trips(2000, 10))), now, ...flags);
    expect([code, text]).toEqual([1, expect.stringMatching(/1 of 3 columns drifted: constructor moved/)]);
    const unknown = await run('score', path('named.csv'), now, '--ignore', 'valueOf');
    expect(unknown.code).toBe(3);
  });

  it('lists every other statistic of a column with its level, when asked', async () => {
    const { out } = await run('score', '--statistics', base(), file('warm.csv', csv(trips(2000, 30, 3))));
    const ofTemp = out.filter((line) => /^temp +[a-z0-9-]+ +-?\d/.test(line)).map((line) => line.split(/ +/));
    const levels = Object.fromEntries(ofTemp.map(([, name, , level]) => [name, level]));
    expect(levels).toMatchObject({ 'psi-10': 'alert', 'ks-p': 'alert', 'missing-change': '–' });
  });

  it('exits with 5 when there are too few rows to tell', async () => {
    const { code, text } = await run('score', base(), file('few.csv', csv(trips(40, 30, 3))));
    expect([code, text]).toEqual([5, expect.stringContaining(': insufficient-data')]);
  });

  it('gives one score for one set of rows, whatever its format, and for its profile', async () => {
    const rows = trips(2000, 30, 2);
    await writeParquetRows(
      rows,
      [
        { name: 'temp', type: 'number' },
        { name: 'carrier', type: 'string' },
        { name: 'late', type: 'boolean' },
      ],
      path('now.parquet'),
      engine(),
    );
    await run('profile', base(), '--out', path('base.json'));
    const files = [
      path('now.parquet'),
      file('now.csv', csv(rows)),
      file('now.csv.gz', gzipSync(csv(rows))),
      file('now.csv.zst', zstdCompressSync(csv(rows))),
      file('now.jsonl', jsonl(rows)),
      file('now.jsonl.zst', zstdCompressSync(jsonl(rows))),
    ];
    await run('profile', path('now.csv'), '--like', path('base.json'), '--out', path('now.json.gz'));
    const scores = [];
    for (const [before, now] of [
      ...files.map((f) => [base(), f] as const),
      [path('base.json'), path('now.csv')] as const,
      [path('base.json'), path('now.json.gz')] as const,
    ]) {
      const { text } = await run('--json', 'score', before, now);
      const { columns, verdict } = JSON.parse(text) as ScoreReport;
      scores.push({ columns, verdict });
    }
    expect(scores[0]?.verdict).toBe('drifted');
    for (const score of scores) expect(score).toEqual(scores[0]);
  });

  it('takes a threshold, columns to leave out and the share that must drift', async () => {
    const warm = file('warm.csv', csv(trips(2000, 30, 3)));
    expect((await run('score', base(), warm, '--threshold', '2')).code).toBe(0);
    expect((await run('score', base(), warm, '--ignore', 'temp')).code).toBe(0);
    expect((await run('score', base(), warm, '--min-share', '0.5')).code).toBe(0);
  });

  it.each(['evidently', 'sagemaker', 'tfdv', 'nannyml'])('says what %s would, beside it', async (preset) => {
    const warm = file('warm.csv', csv(trips(2000, 30, 3)));
    const { code, text } = await run('score', base(), warm, '--preset', preset, '--json');
    const report = JSON.parse(text) as ScoreReport;
    expect(code).toBe(1);
    expect(report.version).toBe(1);
    for (const column of report.columns) expect(column).not.toHaveProperty('evidence');
    expect(report.preset?.preset).toBe(preset);
    expect(report.preset?.columns.map((c) => c.column).sort()).toEqual(['carrier', 'late', 'temp']);
  });

  it('learns the thresholds of NannyML from the rows of the base, and has none of a profile', async () => {
    const warm = file('warm.csv', csv(trips(2000, 30, 3)));
    const thresholdsOf = async (of: string) => {
      const { text } = await run('score', of, warm, '--preset', 'nannyml', '--json');
      const columns = (JSON.parse(text) as ScoreReport).preset?.columns ?? [];
      return columns.map(({ column, threshold, drifted }) => ({
        column,
        learned: threshold !== undefined,
        drifted,
      }));
    };
    expect(await thresholdsOf(base())).toContainEqual({ column: 'temp', learned: true, drifted: true });
    expect(await thresholdsOf(base())).toContainEqual({ column: 'late', learned: true, drifted: false });
    await run('profile', base(), '--out', path('base.json'));
    expect((await thresholdsOf(path('base.json'))).filter(({ learned }) => learned)).toEqual([]);
  });

  it('sees a column that is gone, and one that is something else now', async () => {
    const rows = trips(2000, 30);
    const gone = file('gone.csv', `temp,late\n${rows.map((r) => `${r.temp},${r.late}\n`).join('')}`);
    const { code, text } = await run('score', base(), gone);
    expect([code, text]).toEqual([1, expect.stringMatching(/carrier +100 % of rows .* drifted/)]);
    const texts = file('texts.csv', csv(rows).replace(/^-?\d[^,]*/gm, 'warm'));
    expect((await run('score', base(), texts)).text).toMatch(/temp +100 % of rows .* drifted/);
  });

  it('writes a profile as the statistics.json of Model Monitor', async () => {
    const { text } = await run('profile', base(), '--statistics', path('statistics.json'));
    expect(text).toContain(`written to ${path('statistics.json')}`);
    const written = JSON.parse(readFileSync(path('statistics.json'), 'utf8')) as StatisticsDocument;
    expect(written).toMatchObject({ version: 0, dataset: { item_count: 2000 } });
    const types = written.features.map(({ name, inferred_type }) => [name, inferred_type]);
    expect(Object.fromEntries(types)).toEqual({ temp: 'Fractional', carrier: 'String', late: 'String' });
    const temp = written.features.find(({ name }) => name === 'temp')?.numerical_statistics;
    const rows = temp?.distribution?.kll.buckets.reduce((sum, { count }) => sum + count, 0);
    expect(rows).toBe(2000);
  });

  it('writes what drifted by Model Monitor’s rule as its constraint_violations.json', async () => {
    const [warm, out] = [file('warm.csv', csv(trips(2000, 30, 3))), path('violations.json')];
    await run('score', base(), warm, '--preset', 'sagemaker', '--violations', out);
    const { violations } = JSON.parse(readFileSync(out, 'utf8')) as ViolationsDocument;
    expect(violations).toMatchObject([
      { feature_name: 'temp', constraint_check_type: 'baseline_drift_check' },
    ]);
    expect(await run('score', base(), warm, '--violations', out)).toMatchObject({ code: 2 });
  });

  it('does not compare profiles that were counted under other cuts, and says what to do', async () => {
    await run('profile', base(), '--out', path('base.json'));
    await run('profile', file('warm.csv', csv(trips(2000, 30, 3))), '--out', path('own.json'));
    const { code, err } = await run('score', path('base.json'), path('own.json'));
    expect(code).toBe(3);
    expect(err).toContain(`write it with mooring profile FILE --like ${path('base.json')}`);
  });

  it.each([
    [['score', 'nowhere.csv', 'nowhere.csv'], 2, 'there is no file nowhere.csv'],
    [['score', '.', '.'], 2, '. is a folder, wanted a file'],
    [['score', 'a.csv'], 2, "missing required argument 'current'"],
    [['score', 'a', 'b', '--threshold', 'much'], 2, '--threshold is a number from 0.000001 to 10, got much'],
    [['score', 'a', 'b', '--preset', 'none'], 2, '--preset is one of evidently, sagemaker, tfdv, nannyml'],
    [['profile', '/dev/null'], 2, '/dev/null is a pipe or a device, wanted a file'],
    [['propose', '.'], 2, '. is a folder, wanted a file'],
    [['propose', 'nowhere.csv'], 2, 'there is no file nowhere.csv'],
    [
      ['profile', 'a.csv', '--out', 'none/x.json'],
      2,
      '--out names a file in a folder that exists, got none/x.json',
    ],
    [['profile', 'a.csv', '--statistics', '.'], 2, '--statistics names a file, got the folder .'],
    [['profile', 'a.csv', '--out', 'a.csv'], 2, '--out names a .json or .json.gz file, got a.csv'],
  ])('answers %j with %i', async (args, code, sentence) => {
    const answer = await run(...args);
    expect(answer).toMatchObject({ code, err: expect.stringContaining(sentence) });
  });

  it('loads no engine for help, nor for two profiles', async () => {
    await run('profile', base(), '--out', path('base.json'));
    const program = new URL('../../../bin/mooring/program.ts', import.meta.url).href;
    const script = `
      const { mooring } = await import(${JSON.stringify(program)});
      const quiet = { out() {}, err() {}, isTerminal: false, environment: {} };
      const loaded = () => process.report.getReport().sharedObjects.some((o) => o.includes('duckdb'));
      const args = JSON.parse(process.argv[1]);
      const code = await mooring(args, quiet);
      console.log(JSON.stringify({ code, engine: loaded() }));`;
    const of = async (...args: string[]) => {
      const flags = ['--no-warnings', '--experimental-strip-types', '--input-type=module', '-e', script];
      const { stdout } = await promisify(execFile)(process.execPath, [...flags, JSON.stringify(args)]);
      return JSON.parse(stdout) as unknown;
    };
    expect(await of('--help')).toEqual({ code: 0, engine: false });
    expect(await of('score', path('base.json'), path('base.json'))).toEqual({ code: 0, engine: false });
    expect(await of('score', path('base.json'), path('base.csv'))).toEqual({ code: 0, engine: true });
  });
});

describe('mooring statistics', () => {
  it('says of each statistic what it is and from where it is much', async () => {
    const { code, out } = await run('statistics');
    expect(code).toBe(0);
    expect(out.find((line) => line.startsWith('psi-10'))).toMatch(
      /Population stability index .* ≥ 0\.1 +≥ 0\.25 +0\.32 σ$/,
    );
    const { text } = await run('statistics', '--json');
    expect(JSON.parse(text)).toContainEqual(
      expect.objectContaining({ name: 'wasserstein', decides: expect.any(Array) }),
    );
  });
});
