import { describe, expect, it } from 'vitest';
import { openIntake } from '../../../lambdas/open-intake/open-intake.ts';
import { datasetId } from '../../../lib/domain/data/dataset-id.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { IntakePlan } from '../../../lib/domain/intake/intake-plan.ts';
import type { Upload } from '../../../lib/domain/intake/upload.ts';
import type { Binning } from '../../../lib/domain/profile/binning.ts';
import type { Engine } from '../../../lib/engine/engine.ts';
import { keys, UPLOAD_MANIFEST } from '../../../lib/names.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aWorld, jsonLines, MODEL, putUpload, sha256, trips, type World } from '../../support/a-world.ts';
import { takeIn } from '../../support/take-in.ts';

const open = (world: World, uploadId: string) => openIntake({ model: MODEL, uploadId }, world);
const planAt = (world: World, { folder }: { folder: string }) =>
  world.artifacts.getJson<IntakePlan>(keys.intakePlan(folder)) as Promise<IntakePlan>;
const january = jsonLines(trips('2013-01-01', 2, 40));

/** An engine that cannot open what features.sql runs in, for objects of this name. */
function failingOn(name: string, { engine }: World): Engine {
  const full = () => Promise.reject(new Error('IO Error: disk is full'));
  const failing = (paths: readonly string[]) => paths.some((path) => path.includes(name));
  return { ...engine, locked: (paths) => (failing(paths) ? full() : engine.locked(paths)) };
}

describe('open-intake', () => {
  it('names the dataset by its content and lists its objects', async () => {
    const world = await aWorld();
    await putUpload(world, 'u1', { 'a.jsonl': january });
    const opened = await open(world, 'u1');
    expect(opened).toMatchObject({
      datasetId: datasetId([{ key: 'a.jsonl', sha256: sha256(january) }]),
      duplicate: false,
      batches: 1,
      levels: 1,
    });
    const { objects, pieces, batches } = await planAt(world, opened);
    expect(objects).toMatchObject([{ key: `landing/${MODEL}/u1/a.jsonl`, sha256: sha256(january) }]);
    expect(pieces).toEqual([{ object: 0, bytes: january.length }]);
    expect(batches).toEqual([{ first: 0, end: 1 }]);
    expect(await world.artifacts.getJson(opened.batchesKey)).toEqual([{ batch: 0 }]);
    expect(await world.artifacts.getJson(opened.mergeKeys[0] ?? '')).toEqual([{ level: 0, group: 0 }]);
    expect(await world.registry.get<Upload>(MODEL, sk.upload('u1'))).toMatchObject({ status: 'processing' });
  });

  it('proposes bins from the first object that can be read', async () => {
    const world = await aWorld();
    await putUpload(world, 'u1', { 'a.parquet': 'no parquet', 'b.jsonl': january });
    const { binningKey, championBinningKey } = await planAt(world, await open(world, 'u1'));
    const binning = await world.artifacts.getJson<Binning>(binningKey);
    expect(Object.keys(binning?.columns ?? {})).toContain('input.temp');
    expect(Object.keys(binning?.columns ?? {})).toContain('feature.fahrenheit');
    expect(championBinningKey).toBeUndefined();
  });

  it('proposes bins from the next object when one makes the engine fail, and fails when all do', async () => {
    const world = await aWorld();
    const engine = failingOn('a.jsonl', world);
    await putUpload(world, 'u1', { 'a.jsonl': january, 'b.jsonl': january });
    const { binningKey } = await planAt(world, await open({ ...world, engine }, 'u1'));
    const binning = await world.artifacts.getJson<Binning>(binningKey);
    expect(Object.keys(binning?.columns ?? {})).toContain('input.temp');
    await putUpload(world, 'u2', { 'a.jsonl': january });
    await expect(open({ ...world, engine }, 'u2')).rejects.toThrow('disk is full');
  });

  it('does nothing again for content that is a dataset already', async () => {
    const world = await aWorld();
    await putUpload(world, 'u1', { 'a.jsonl': january });
    await takeIn(world, 'u1');
    await putUpload(world, 'u2', { 'a.jsonl': january });
    expect(await open(world, 'u2')).toMatchObject({ duplicate: true, batches: 0 });
    expect(await world.artifacts.list(`intakes/${MODEL}/u2/`)).toEqual([]);
    expect(await world.registry.get<Upload>(MODEL, sk.upload('u2'))).toMatchObject({ status: 'accepted' });
  });

  it('makes an object with another checksum a finding, under an id that the whole upload will not have', async () => {
    const world = await aWorld();
    await putUpload(world, 'u1', { 'a.jsonl': january });
    const declared = datasetId([{ key: 'a.jsonl', sha256: sha256(january) }]);
    await world.landing.put(keys.upload(MODEL, 'u1', 'a.jsonl'), 'harmed');
    const opened = await open(world, 'u1');
    expect(opened.datasetId).not.toBe(declared);
    const { objects, findings } = await planAt(world, opened);
    expect([objects, findings.map((f) => f.rule)]).toEqual([[], ['object-checksum-mismatch']]);
  });

  it('makes a declared object that is not there a finding', async () => {
    const world = await aWorld();
    await putUpload(world, 'u1', { 'a.jsonl': january, 'b.jsonl': january });
    await world.landing.remove(keys.upload(MODEL, 'u1', 'b.jsonl'));
    const { objects, findings } = await planAt(world, await open(world, 'u1'));
    expect(objects).toHaveLength(1);
    expect(findings).toMatchObject([{ rule: 'object-missing', object: 'b.jsonl' }]);
  });

  it.each([
    ['is no JSON', '{'],
    ['lists no files', '{"files": []}'],
    ['climbs out of its folder', `{"files": [{"key": "../x", "sha256": "${sha256('x')}", "bytes": 1}]}`],
  ])('makes a manifest that %s a finding', async (_, text) => {
    const world = await aWorld();
    await world.landing.put(keys.upload(MODEL, 'u1', UPLOAD_MANIFEST), text);
    const opened = await open(world, 'u1');
    expect(opened).toMatchObject({ duplicate: false, batches: 0 });
    expect((await planAt(world, opened)).findings[0]).toMatchObject({
      rule: 'manifest-invalid',
      severity: 'error',
    });
  });

  it('does not know an unknown model or an upload without a manifest', async () => {
    const world = await aWorld();
    await expect(open(world, 'none')).rejects.toThrow(NotFoundError);
    await expect(openIntake({ model: 'other', uploadId: 'u1' }, world)).rejects.toThrow(NotFoundError);
  });
});
