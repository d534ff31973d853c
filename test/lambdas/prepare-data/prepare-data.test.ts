import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareData } from '../../../lambdas/prepare-data/prepare-data.ts';
import { recordResult } from '../../../lambdas/record-result/record-result.ts';
import { ConflictError, NotFoundError } from '../../../lib/domain/errors.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import type { PreparedSet } from '../../../lib/domain/training/prepared-set.ts';
import { TooLittleDataError } from '../../../lib/domain/training/too-little-data.ts';
import { writeParquetRows } from '../../../lib/engine/read/rows.ts';
import { keys } from '../../../lib/names.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aGoldenSet, aStartedRun, RANGE } from '../../support/a-training.ts';
import {
  aWorld,
  delaySpec,
  jsonLines,
  MODEL,
  putUpload,
  type Trip,
  trips,
  type World,
} from '../../support/a-world.ts';
import { takeIn } from '../../support/take-in.ts';

const prepare = (world: World, runId = 'r1') => prepareData({ model: MODEL, runId, attempt: 1 }, world);
const linesAt = async (world: World, uri: string, file = 'part-0.jsonl') => {
  const key = `${uri.slice(world.data.uri('').length)}${file}`;
  const text = new TextDecoder().decode(await world.data.get(key));
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};
const setOf = (world: World, contentKey: string) =>
  world.data.getJson<PreparedSet>(keys.prepared(MODEL, contentKey, 'set.json')) as Promise<PreparedSet>;

async function parquetOf({ engine }: World, rows: readonly Trip[]): Promise<Buffer> {
  const file = join(tmpdir(), `influenced-${process.pid}.parquet`);
  await writeParquetRows(
    rows.map((row) => ({ ...row })),
    delaySpec().schema.columns,
    file,
    engine,
  );
  const bytes = await readFile(file);
  await rm(file);
  return bytes;
}

async function aChampion(world: World, spec = delaySpec()): Promise<void> {
  await world.registry.put(MODEL, sk.spec('s0'), spec);
  const champion: Partial<ModelVersion> = {
    model: MODEL,
    number: 1,
    specHash: 's0',
    image: 'old:1',
    modelDataUrl: 's3://artifacts/v1/model.tar.gz',
  };
  await world.registry.put(MODEL, sk.version(1), champion);
}

describe('prepare-data', () => {
  it('splits by time: train, then its newest share as validation, then the holdout', async () => {
    const world = await aWorld();
    await aStartedRun(world);
    const prepared = await prepare(world);
    const { rows, trainedUntil } = await setOf(world, prepared.contentKey);
    expect(rows).toEqual({ train: 288, validation: 72, holdout: 240 });
    expect(trainedUntil < RANGE.holdoutFrom).toBe(true);
    const holdout = await linesAt(world, prepared.holdoutUri);
    expect(holdout).toHaveLength(240);
    expect(Object.keys(holdout[0] ?? {})).toEqual(['fahrenheit', 'carrier', 'hour']);
    expect(holdout.slice(0, 3).map((row) => row.hour)).toEqual([0, 0, 0]);
  });

  it('says what SageMaker needs, with hyperparameters as texts', async () => {
    const world = await aWorld(
      delaySpec({ training: { days: 10, holdoutDays: 4, challenger: { max_iter: 50 } } }),
    );
    await aStartedRun(world);
    const prepared = await prepare(world);
    expect(prepared.roles.baseline.hyperparameters).toEqual({
      task: 'binary',
      label: 'late',
      algorithm: 'linear',
    });
    expect(prepared.roles.challenger.hyperparameters).toMatchObject({
      algorithm: 'gradient-boosting',
      max_iter: '50',
    });
    expect(prepared.outputUri).toBe(`s3://artifacts/jobs/${MODEL}/r1`);
    expect(prepared.champion).toBeUndefined();
    const code = await world.artifacts.list(prepared.codeUri.slice('s3://artifacts/'.length));
    expect(code.map(({ key }) => key.split('/').at(-1))).toContain('train.py');
  });

  it('finds its files and the jobs’ results when it runs again', async () => {
    const world = await aWorld();
    await aStartedRun(world);
    const first = await prepare(world);
    await world.landing.remove(`landing/${MODEL}/u1/a.jsonl`);
    const { trainingKey, transformKey } = first.roles.baseline;
    const modelDataUrl = 's3://artifacts/b/model.tar.gz';
    await recordResult(
      { model: MODEL, runId: 'r1', contentKey: trainingKey, result: { modelDataUrl } },
      world,
    );
    const predictionsUri = 's3://artifacts/b/out';
    await recordResult(
      { model: MODEL, runId: 'r1', contentKey: transformKey, result: { predictionsUri } },
      world,
    );
    const again = await prepare(world);
    expect(again.contentKey).toBe(first.contentKey);
    expect(again.roles.baseline).toMatchObject({ modelDataUrl, predictionsUri });
    expect(again.roles.challenger.modelDataUrl).toBeUndefined();
  });

  it('makes a set again when a part of it has aged out', async () => {
    const world = await aWorld();
    await aStartedRun(world);
    const { contentKey } = await prepare(world);
    const part = keys.prepared(MODEL, contentKey, 'train/part-0.parquet');
    await world.data.remove(part);
    expect((await prepare(world)).contentKey).toBe(contentKey);
    expect(await world.data.head(part)).toBeDefined();
  });

  it('gives each row once, though two datasets hold it', async () => {
    const world = await aWorld();
    const overlap = trips('2013-01-01', 10, 60).slice(0, 200);
    await putUpload(world, 'u0', { 'b.jsonl': jsonLines(overlap) });
    await takeIn(world, 'u0');
    await aStartedRun(world);
    const { rows } = await setOf(world, (await prepare(world)).contentKey);
    expect(rows.train + rows.validation + rows.holdout).toBe(600);
  });

  it('lets a champion with the same features read the same holdout', async () => {
    const world = await aWorld();
    await aChampion(world);
    await aStartedRun(world, { champion: 1 });
    const prepared = await prepare(world);
    expect(prepared.champion).toMatchObject({ image: 'old:1', holdoutUri: prepared.holdoutUri });
  });

  it('makes the same rows by the champion’s own features where they differ', async () => {
    const world = await aWorld();
    await aChampion(world, delaySpec({ features: { sql: 'SELECT temp AS celsius FROM input' } }));
    await aStartedRun(world, { champion: 1 });
    const prepared = await prepare(world);
    const own = await linesAt(world, prepared.champion?.holdoutUri ?? '');
    const others = await linesAt(world, prepared.holdoutUri);
    expect(own).toHaveLength(others.length);
    expect(Object.keys(own[0] ?? {})).toEqual(['celsius']);
    expect(Number(own[7]?.celsius) * 1.8 + 32).toBeCloseTo(Number(others[7]?.fahrenheit), 9);
  });

  it('lays the golden set beside the holdout and keeps its cases out of everything else', async () => {
    const golden = aGoldenSet(trips('2013-01-01', 10, 60).slice(0, 40));
    const spec = delaySpec();
    const world = await aWorld(delaySpec({ evaluation: { ...spec.evaluation, golden: golden.id } }));
    await aChampion(world, delaySpec({ features: { sql: 'SELECT temp AS celsius FROM input' } }));
    await aStartedRun(world, { champion: 1 });
    await golden.takeIn(world);
    const prepared = await prepare(world);
    const { rows } = await setOf(world, prepared.contentKey);
    expect(rows).toEqual({ train: 256, validation: 64, holdout: 240, golden: 40 });
    const lines = await linesAt(world, prepared.holdoutUri, 'golden.jsonl');
    const own = await linesAt(world, prepared.champion?.holdoutUri ?? '', 'golden.jsonl');
    expect(lines).toHaveLength(40);
    expect(own.map((row) => Number(row.celsius) * 1.8 + 32)).toEqual(
      lines.map((row) => expect.closeTo(Number(row.fahrenheit), 9)),
    );
  });

  it('takes rows whose outcome the model influenced up to their share of each part, and says so', async () => {
    const world = await aWorld(
      delaySpec({ training: { days: 10, holdoutDays: 4, maxInfluencedShare: 0.2 } }),
    );
    const run = await aStartedRun(world);
    const influenced = trips('2013-01-01', 10, 60).map((t) => ({ ...t, trip: `again-${t.trip}` }));
    const file = await parquetOf(world, influenced);
    await putUpload(
      world,
      'window-20130101T00-v1',
      { 'influenced.parquet': file },
      { origin: 'labelled-predictions' },
    );
    const { datasetId } = await takeIn(world, 'window-20130101T00-v1');
    await world.registry.put(MODEL, sk.run('r1'), { ...run, datasets: [...run.datasets, datasetId] });
    const set = await setOf(world, (await prepare(world)).contentKey);
    expect(set.rows).toEqual({ train: 405, validation: 45, holdout: 300 });
    expect(set.influenced).toEqual({
      training: { kept: 90, leftOut: 270 },
      holdout: { kept: 60, leftOut: 180 },
    });
  });

  it('says which range holds too few labelled rows', async () => {
    const world = await aWorld();
    await aStartedRun(world, { from: '2012-01-01T00:00:00.000Z', holdoutFrom: '2013-01-01T00:00:00.000Z' });
    await expect(prepare(world)).rejects.toThrow(TooLittleDataError);
    await expect(prepare(world)).rejects.toThrow(
      'training needs at least 50 labelled rows from 2012-01-01T00:00:00.000Z to 2013-01-01T00:00:00.000Z, got 0',
    );
  });

  it('refuses to learn from a dataset that was rejected', async () => {
    const world = await aWorld();
    const run = await aStartedRun(world);
    const id = run.datasets[0] as string;
    const dataset = await world.registry.get<DatasetVersion>(MODEL, sk.dataset(id));
    await world.registry.put(MODEL, sk.dataset(id), { ...dataset, status: 'rejected' });
    await expect(prepare(world)).rejects.toThrow(ConflictError);
  });

  it('does not know an unknown run, nor trainer code that was never uploaded', async () => {
    const world = await aWorld(delaySpec({ training: { days: 10, holdoutDays: 4, code: 'a'.repeat(64) } }));
    await expect(prepare(world, 'none')).rejects.toThrow(NotFoundError);
    await aStartedRun(world);
    await expect(prepare(world)).rejects.toThrow(`trainer code ${'a'.repeat(64)} has no train.py`);
  });
});
