import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openIntake } from '../../../lambdas/open-intake/open-intake.ts';
import type { ProfileObjectDeps } from '../../../lambdas/profile-object/deps.ts';
import { profileObject } from '../../../lambdas/profile-object/profile-object.ts';
import type { IntakePlan, IntakeShard } from '../../../lib/domain/intake/intake-plan.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import { keys, UPLOAD_MANIFEST } from '../../../lib/names.ts';
import { withTempFolder } from '../../../lib/runtime/temp-folder.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredJson } from '../../../lib/stores/required.ts';
import { aWorld, jsonLines, MODEL, type Trip, trips, type World } from '../../support/a-world.ts';
import { takeIn } from '../../support/take-in.ts';

const rows = trips('2013-01-01', 10, 1000);
const PATH = keys.upload(MODEL, 'u1', 'a.parquet');

/** The rows as Parquet in row groups of 2,048. */
function parquetOf(content: readonly Trip[], { engine }: World): Promise<Buffer> {
  return withTempFolder(async (folder) => {
    const [lines, file] = [join(folder, 'a.jsonl'), join(folder, 'a.parquet')];
    await writeFile(lines, jsonLines(content));
    const connection = await engine.connect();
    await connection.run(
      `COPY (SELECT * REPLACE (CAST("at" AS TIMESTAMP) AS "at") FROM read_ndjson('${lines}'))
       TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
    );
    connection.closeSync();
    return readFile(file);
  });
}

/** A world into which one Parquet object was uploaded, whose workers take so many bytes. */
async function uploaded(pieceBytes: number, content: readonly Trip[] = rows): Promise<World> {
  const world = { ...(await aWorld()), pieceBytes };
  const bytes = await parquetOf(content, world);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await world.landing.put(PATH, bytes);
  await world.landing.putJson(keys.upload(MODEL, 'u1', UPLOAD_MANIFEST), {
    files: [{ key: 'a.parquet', sha256, bytes: bytes.length }],
  });
  return world;
}

async function datasetOf(world: World, { datasetId }: { datasetId: string }) {
  const dataset = await requiredItem<DatasetVersion>(world.registry, MODEL, sk.dataset(datasetId));
  const profile = dataset.profileKey && (await requiredJson<Profile>(world.artifacts, dataset.profileKey));
  return { dataset, profile };
}

/** Counts as they are, moments and sums up to rounding. */
function alike(got: unknown, wanted: unknown, path = ''): void {
  if (typeof wanted === 'number' && /\/(mean|m2|sums\/\d+)$/.test(path))
    expect(Math.abs((got as number) - wanted), path).toBeLessThanOrEqual(
      1e-12 * Math.max(1, Math.abs(wanted)),
    );
  else if (wanted !== null && typeof wanted === 'object')
    for (const key of Object.keys(wanted))
      alike(
        (got as Record<string, unknown>)[key],
        (wanted as Record<string, unknown>)[key],
        `${path}/${key}`,
      );
  else expect(got, path).toBe(wanted);
}

describe('a Parquet object beyond what one worker takes', () => {
  it('is profiled by row groups, and merged it is the profile of the whole', async () => {
    const whole = await uploaded(1e9);
    const one = await takeIn(whole, 'u1');
    // Bins are proposed from a sample of the data; under the same bins counts are comparable.
    const split = await withBins(await uploaded(60_000), whole, one.datasetId);
    const opened = await openIntake({ model: MODEL, uploadId: 'u1' }, split);
    const { pieces } = await requiredJson<IntakePlan>(split.artifacts, keys.intakePlan(opened.folder));
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.reduce((sum, piece) => sum + (piece.range?.rows ?? 0), 0)).toBe(10_000);
    const parts = await takeIn(split, 'u1');
    expect(parts).toEqual(one);
    const [merged, single] = [await datasetOf(split, parts), await datasetOf(whole, one)];
    expect(merged.dataset).toEqual({ ...single.dataset, coverage: 1 });
    const { sources: _, ...wanted } = single.profile as Profile;
    alike(merged.profile, wanted);
  });

  it('numbers rows as they are in the object', async () => {
    const hot = rows.map((row, i) => (i === 7777 ? { ...row, temp: 400 } : row));
    const world = await uploaded(60_000, hot);
    const { dataset } = await datasetOf(world, await takeIn(world, 'u1'));
    expect(dataset.findings).toMatchObject([
      { column: 'temp', rows: 1, examples: [{ row: 7778, value: '400.0' }] },
    ]);
  });

  it('is hashed as a whole once, so that a hole which decodes is found', async () => {
    const world = await uploaded(60_000);
    const { folder } = await openIntake({ model: MODEL, uploadId: 'u1' }, world);
    const planKey = keys.intakePlan(folder);
    const plan = await requiredJson<IntakePlan>(world.artifacts, planKey);
    const objects = plan.objects.map((object) => ({ ...object, sha256: 'f'.repeat(64) }));
    await world.artifacts.putJson(planKey, { ...plan, objects });
    for (const batch of plan.batches.keys()) await profileObject({ folder, batch }, world);
    const shards = await Promise.all(
      plan.pieces.map((_, piece) =>
        requiredJson<IntakeShard>(world.artifacts, keys.intakeShard(folder, piece)),
      ),
    );
    expect(shards.map((shard) => shard.findings.map((f) => f.rule))).toEqual([
      ['object-checksum-mismatch'],
      ...shards.slice(1).map(() => []),
    ]);
  });

  it('that is removed while it is read is said to be removed', async () => {
    const world = await uploaded(60_000);
    const { folder } = await openIntake({ model: MODEL, uploadId: 'u1' }, world);
    await world.landing.remove(PATH);
    await profileObject({ folder, batch: 1 }, world);
    expect(await world.artifacts.getJson(keys.intakeShard(folder, 1))).toMatchObject({
      findings: [{ rule: 'object-missing', message: 'object a.parquet was removed while it was read' }],
    });
  });

  it('of which one part fails twice is rejected with the part, its cause and the coverage', async () => {
    const world = await uploaded(60_000);
    const broken: typeof profileObject = (input, deps) =>
      profileObject(input, failingIn(deps, input.batch === 1));
    const { dataset } = await datasetOf(world, await takeIn(world, 'u1', broken));
    expect(dataset).toMatchObject({ status: 'rejected' });
    expect(dataset.coverage).toBeLessThan(0.9);
    expect(dataset.rows).toBe(Math.round((dataset.coverage ?? 0) * 10_000));
    expect(dataset.findings[0]).toMatchObject({
      rule: 'object-unreadable',
      object: PATH,
      message: expect.stringMatching(
        /^a\.parquet could not be read in two tries \(rows \d+ to \d+\): disk is full; /,
      ),
    });
  });
});

function failingIn(deps: ProfileObjectDeps, fails: boolean): ProfileObjectDeps {
  const fetch = () => Promise.reject(new Error('disk is full'));
  return fails ? { ...deps, landing: { ...deps.landing, fetch } } : deps;
}

/** The world, whose dataset is counted under the bins that the other one has proposed for it. */
async function withBins(world: World, other: World, datasetId: string): Promise<World> {
  const key = keys.binning(MODEL, datasetId);
  const binning = await requiredJson(other.artifacts, key);
  const putJson: World['artifacts']['putJson'] = (at, value) =>
    world.artifacts.putJson(at, at === key ? binning : value);
  return { ...world, artifacts: { ...world.artifacts, putJson } };
}
