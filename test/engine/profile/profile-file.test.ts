import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';
import { MAX_CATEGORIES, type NumericProfile } from '../../../lib/domain/profile/column-profile.ts';
import { mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import { emptyProfile, type Profile, profileSchema } from '../../../lib/domain/profile/profile.ts';
import { outputColumns, profiledColumns } from '../../../lib/domain/profile/profiled-columns.ts';
import { profileFile, profileObject } from '../../../lib/engine/profile/profile-file.ts';
import { proposeBinning, proposeObjectBinning } from '../../../lib/engine/profile/propose-binning.ts';
import { anEngine } from '../a-folder.ts';
import { aSpec } from '../a-spec.ts';

const { engine, path } = anEngine();

const ROWS = `SELECT TIMESTAMP '2013-01-01' + to_minutes(range) AS _time,
  CASE WHEN range % 10 = 0 THEN NULL WHEN range % 97 = 0 THEN 'nan'::DOUBLE WHEN range % 101 = 0 THEN '-inf'::DOUBLE
    ELSE sin(range) * 50 END AS "input.temp",
  CASE WHEN range % 5 < 3 THEN 0 ELSE range % 40 END AS "input.rain",
  CASE WHEN range % 9 = 0 THEN NULL WHEN range % 8 = 0 THEN '' ELSE 'C' || (range % 7) END AS "input.carrier",
  range % 3 = 0 AS "feature.wet"
  FROM range(6000)`;
const columns = [
  { name: 'input.temp', kind: 'numeric' },
  { name: 'input.rain', kind: 'numeric' },
  { name: 'input.carrier', kind: 'categorical' },
  { name: 'feature.wet', kind: 'categorical' },
] as const;

async function wholeFile(): Promise<string> {
  const file = path('whole.parquet');
  await engine().copy(ROWS, file);
  return file;
}

describe('profileFile', () => {
  it('counts what a query counts', async () => {
    const file = await wholeFile();
    const binning = await proposeBinning({ file, columns }, engine());
    const profile = await profileFile({ file, binning, source: 'whole' }, engine());
    expect(profileSchema.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
    const [wanted] = await engine().query<
      Record<string, number>
    >(`SELECT count(*) FILTER (x IS NULL) AS nulls,
      count_if(isnan(x)) AS nan, count_if(x = 0) AS zeros, count_if(isfinite(x) AND x < 0) AS negative,
      count_if(isfinite(x) AND x <> floor(x)) AS fractions, count_if(isinf(x)) AS inf, avg(x) FILTER (isfinite(x)) AS mean,
      var_pop(CASE WHEN isfinite(x) THEN x END) AS variance, min(x) FILTER (isfinite(x)) AS low, max(x) FILTER (isfinite(x)) AS high
      FROM (SELECT "input.temp" AS x FROM read_parquet('${file}'))`);
    const temp = profile.columns['input.temp'] as NumericProfile;
    expect(temp.counts).toMatchObject({
      null: wanted?.nulls,
      nan: wanted?.nan,
      posInf: 0,
      negInf: wanted?.inf,
      negative: wanted?.negative,
      nonInteger: wanted?.fractions,
    });
    expect(temp.counts.zero).toBe(wanted?.zeros);
    expect(temp).toMatchObject({ min: wanted?.low, max: wanted?.high });
    expect(temp.mean).toBeCloseTo(wanted?.mean as number, 10);
    expect(temp.m2 / temp.n).toBeCloseTo(wanted?.variance as number, 8);
    expect(temp.bins.counts.reduce((a, b) => a + b)).toBe(temp.n);
    expect(temp.bins.sums.reduce((a, b) => a + b) / temp.n).toBeCloseTo(temp.mean, 10);
    expect(profile).toMatchObject({
      rows: 6000,
      from: '2013-01-01T00:00:00.000Z',
      to: '2013-01-05T03:59:00.000Z',
    });
    const categories = await engine().query<{ v: string; n: number }>(
      `SELECT "input.carrier" AS v, count(*) AS n FROM read_parquet('${file}') WHERE v IS NOT NULL GROUP BY v ORDER BY v`,
    );
    expect(profile.columns['input.carrier']).toMatchObject({
      values: categories.map(({ v, n }) => [v, n]),
      other: 0,
    });
    expect(profile.columns['feature.wet']).toMatchObject({
      values: [
        ['false', 4000],
        ['true', 2000],
      ],
    });
  });

  it('gives the whole from its shards', async () => {
    const file = await wholeFile();
    const binning = await proposeBinning({ file, columns }, engine());
    const whole = await profileFile({ file, binning, source: 'whole' }, engine());
    let merged = emptyProfile(binning);
    for (let shard = 0; shard < 5; shard++) {
      const part = path(`shard-${shard}.parquet`);
      await engine().copy(`SELECT * FROM read_parquet('${file}') WHERE minute(_time) % 5 = ${shard}`, part);
      merged = mergeProfiles(
        merged,
        await profileFile({ file: part, binning, source: `shard-${shard}` }, engine()),
      );
    }
    expect(counts(merged)).toEqual(counts(whole));
  });

  it('counts a column that the file lacks as null throughout', async () => {
    const file = path('lacks.parquet');
    await engine().copy('SELECT 1 AS x FROM range(3)', file);
    const binning = makeBinning({
      'output.score': { kind: 'numeric', edges: [0.5] },
      'output.label': { kind: 'categorical' },
    });
    const profile = await profileFile({ file, binning, source: 'a' }, engine());
    expect(profile.columns).toMatchObject({
      'output.score': { n: 0, counts: { null: 3 } },
      'output.label': { n: 0, counts: { null: 3 } },
    });
    expect(profile).not.toHaveProperty('from');
  });

  it('is the empty profile but for its source on no rows', async () => {
    const file = path('none.parquet');
    await engine().copy(`SELECT * FROM (${ROWS}) WHERE false`, file);
    const binning = makeBinning({
      'input.temp': { kind: 'numeric', edges: [1] },
      'input.carrier': { kind: 'categorical' },
    });
    const profile = await profileFile({ file, binning, source: 'a' }, engine());
    expect(profile).toEqual({ ...emptyProfile(binning), sources: [{ id: 'a', rows: 0 }] });
  });

  it('fails on a file that breaks off in its middle rather than count a part', async () => {
    const file = path('holed.parquet');
    await engine().copy(`SELECT sin(range) * 1000 AS "input.x" FROM range(500000)`, file);
    const bytes = readFileSync(file);
    bytes.fill(0xab, Math.floor(bytes.length * 0.6), Math.floor(bytes.length * 0.6) + 50_000);
    writeFileSync(file, bytes);
    const binning = makeBinning({ 'input.x': { kind: 'numeric', edges: [0] } });
    await expect(profileFile({ file, binning, source: 'a' }, engine())).rejects.toThrow();
  });

  it('keeps a long text as its hash', async () => {
    const file = path('long.parquet');
    await engine().copy(`SELECT repeat('x', 300) AS "input.s"`, file);
    const binning = makeBinning({ 'input.s': { kind: 'categorical' } });
    const column = (await profileFile({ file, binning, source: 'a' }, engine())).columns['input.s'];
    expect(column?.kind === 'categorical' && column.values[0]?.[0]).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

describe('proposeBinning', () => {
  it('gives an atom a point bin and about equal shares to the others', async () => {
    const file = await wholeFile();
    const binning = await proposeBinning({ file, columns }, engine());
    const rain = binning.columns['input.rain'];
    expect(rain?.kind === 'numeric' && rain.edges.slice(0, 2)).toEqual([0, Number.MIN_VALUE]);
    const profile = await profileFile({ file, binning, source: 'a' }, engine());
    expect((profile.columns['input.rain'] as NumericProfile).bins.counts[1]).toBe(3600);
    const temp = profile.columns['input.temp'] as NumericProfile;
    expect(Math.max(...temp.bins.counts)).toBeLessThan((3 * temp.n) / 64);
  });

  it('is the same again', async () => {
    const file = await wholeFile();
    const input = { file, columns };
    expect(await proposeBinning(input, engine())).toEqual(await proposeBinning(input, engine()));
  });

  it('names the commonest values of a column with too many', async () => {
    const file = path('wide.parquet');
    await engine().copy(
      `SELECT CASE WHEN range % 2 = 0 THEN 'often' ELSE 'v' || range END AS "input.s" FROM range(30000)`,
      file,
    );
    const binning = await proposeBinning(
      { file, columns: [{ name: 'input.s', kind: 'categorical' }] },
      engine(),
    );
    const column = binning.columns['input.s'];
    expect(column?.kind === 'categorical' && column.values).toHaveLength(200);
    const profile = (await profileFile({ file, binning, source: 'a' }, engine())).columns['input.s'];
    expect(profile).toMatchObject({ n: 30_000, other: 15_000 - 199 });
    expect(15_000).toBeGreaterThan(MAX_CATEGORIES);
  });

  it('has one open bin for a column without a value', async () => {
    const file = path('nothing.parquet');
    await engine().copy(`SELECT NULL::DOUBLE AS "input.x" FROM range(5)`, file);
    const binning = await proposeBinning({ file, columns: [{ name: 'input.x', kind: 'numeric' }] }, engine());
    expect(binning.columns['input.x']).toEqual({ kind: 'numeric', edges: [] });
  });
});

describe('profileObject', () => {
  const spec = aSpec({
    columns: [
      { name: 'temp', type: 'number', nullable: true },
      { name: 'carrier', type: 'string' },
    ],
    sql: 'SELECT temp * 2 AS double, length(carrier) > 1 AS long FROM input',
  });

  it('counts the inputs and the features of a raw object, without id, time and label', async () => {
    writeFileSync(
      path('download'),
      'id,seen,temp,carrier,late\na,2013-01-01T00:00:00Z,1.5,UA,true\nb,2013-01-02T00:00:00Z,,X,false\n',
    );
    const object = { file: path('download'), objectKey: 'landing/flights/u1/day.csv', spec };
    const binning = await proposeObjectBinning(object, engine());
    const features = [
      { name: 'double', type: 'number' },
      { name: 'long', type: 'boolean' },
    ] as const;
    expect(Object.keys(binning.columns).sort()).toEqual(
      profiledColumns(spec, features)
        .map((c) => c.name)
        .sort(),
    );
    const profile = await profileObject({ ...object, binning, source: 'day' }, engine());
    expect(profile).toMatchObject({
      rows: 2,
      from: '2013-01-01T00:00:00.000Z',
      to: '2013-01-02T00:00:00.000Z',
    });
    expect(profile.columns).toMatchObject({
      'input.temp': { n: 1, counts: { null: 1 }, mean: 1.5 },
      'feature.double': { n: 1, mean: 3 },
      'feature.long': {
        values: [
          ['false', 1],
          ['true', 1],
        ],
      },
    });
  });
});

describe('outputColumns', () => {
  it('has a label where the answer is a class', () => {
    expect(outputColumns('binary').map((c) => c.name)).toEqual(['output.score', 'output.label']);
    expect(outputColumns('regression').map((c) => c.name)).toEqual(['output.score']);
  });
});

/** All but means and sums, which depend on the order of addition in their last digits. */
function counts(profile: Profile): unknown {
  const { sources: _sources, ...rest } = profile;
  return JSON.parse(
    JSON.stringify(rest, (key, value) => (['mean', 'm2', 'sums'].includes(key) ? undefined : value)),
  );
}
