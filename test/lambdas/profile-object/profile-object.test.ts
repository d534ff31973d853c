import { describe, expect, it } from 'vitest';
import { openIntake } from '../../../lambdas/open-intake/open-intake.ts';
import { profileObject } from '../../../lambdas/profile-object/profile-object.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { IntakePlan, IntakeShard } from '../../../lib/domain/intake/intake-plan.ts';
import { type Binning, combineBinnings, makeBinning } from '../../../lib/domain/profile/binning.ts';
import { keys } from '../../../lib/names.ts';
import { requiredJson } from '../../../lib/stores/required.ts';
import { aWorld, delaySpec, jsonLines, MODEL, putUpload, trips, type World } from '../../support/a-world.ts';

async function opened(world: World, files: Readonly<Record<string, string>>) {
  await putUpload(world, 'u1', files);
  const { folder } = await openIntake({ model: MODEL, uploadId: 'u1' }, world);
  return { folder, batch: 0 };
}

/** The shard of the first piece, once its batch is profiled. */
async function shardOf(world: World, input: { folder: string; batch: number }): Promise<IntakeShard> {
  await profileObject(input, world);
  return (await world.artifacts.getJson<IntakeShard>(keys.intakeShard(input.folder, 0))) as IntakeShard;
}
const rows = trips('2013-01-01', 2, 40);

describe('profile-object', () => {
  it('counts rows, times and columns of one object', async () => {
    const world = await aWorld();
    const shard = await shardOf(world, await opened(world, { 'a.jsonl': jsonLines(rows) }));
    expect(shard).toMatchObject({ piece: 0, rows: 80, from: rows[0]?.at, to: rows.at(-1)?.at, findings: [] });
    expect(shard.profile?.rows).toBe(80);
    expect(shard.profile?.columns['feature.carrier']).toMatchObject({ kind: 'categorical', n: 80 });
  });

  it('profiles under the inputs of the champion’s bins as well', async () => {
    const world = await aWorld();
    const input = await opened(world, { 'a.jsonl': jsonLines(rows) });
    const outputs = makeBinning({ 'output.score': { kind: 'numeric', edges: [0.5] } });
    const plan = await requiredJson<IntakePlan>(world.artifacts, keys.intakePlan(input.folder));
    const own = await requiredJson<Binning>(world.artifacts, plan.binningKey);
    await world.artifacts.putJson('champion.json', combineBinnings(own, outputs));
    await world.artifacts.putJson(keys.intakePlan(input.folder), {
      ...plan,
      championBinningKey: 'champion.json',
    });
    const { profile, championProfile } = await shardOf(world, input);
    expect(championProfile?.columns).toEqual(profile?.columns);
  });

  it('takes up only what has no shard yet', async () => {
    const world = await aWorld();
    const input = await opened(world, { 'a.jsonl': jsonLines(rows), 'b.jsonl': jsonLines(rows.slice(40)) });
    const done = { piece: 0, rows: 1, bytes: 1, findings: [] };
    await world.artifacts.putJson(keys.intakeShard(input.folder, 0), done);
    expect(await shardOf(world, input)).toEqual(done);
    expect(await world.artifacts.getJson(keys.intakeShard(input.folder, 1))).toMatchObject({ rows: 40 });
  });

  it('reports what breaks the rules with example rows, and never throws for data', async () => {
    const world = await aWorld();
    const hot = rows.map((row, i) => (i === 3 ? { ...row, temp: 400 } : row));
    const { findings } = await shardOf(world, await opened(world, { 'a.jsonl': jsonLines(hot) }));
    expect(findings).toMatchObject([{ column: 'temp', severity: 'error', rows: 1, examples: [{ row: 4 }] }]);
  });

  it.each([
    ['truncated Parquet', 'a.parquet', 'PAR1 and then nothing'],
    ['an unknown type of file', 'a.docx', 'text'],
    ['an empty file', 'a.csv', ''],
  ])('reports %s as unreadable', async (_, name, text) => {
    const world = await aWorld();
    const shard = await shardOf(world, await opened(world, { [name]: text }));
    expect(shard).toMatchObject({ rows: 0, findings: [{ severity: 'error' }] });
    expect(shard.profile).toBeUndefined();
  });

  it('reports an object that changed since intake opened it', async () => {
    const world = await aWorld();
    const input = await opened(world, { 'a.jsonl': jsonLines(rows) });
    await world.landing.put(keys.upload(MODEL, 'u1', 'a.jsonl'), jsonLines(rows.slice(1)));
    expect(await shardOf(world, input)).toMatchObject({ rows: 0, findings: [{ rule: 'object-replaced' }] });
  });

  it('reports bytes that are not those which were promised, though they are read under the same name', async () => {
    const world = await aWorld();
    const input = await opened(world, { 'a.jsonl': jsonLines(rows) });
    const plan = await requiredJson<IntakePlan>(world.artifacts, keys.intakePlan(input.folder));
    const objects = plan.objects.map((object) => ({ ...object, sha256: '0'.repeat(64) }));
    await world.artifacts.putJson(keys.intakePlan(input.folder), { ...plan, objects });
    expect(await shardOf(world, input)).toMatchObject({
      rows: 0,
      findings: [{ rule: 'object-checksum-mismatch' }],
    });
  });

  it('reports a row on which features.sql fails', async () => {
    const world = await aWorld(
      delaySpec({ features: { sql: 'SELECT CAST(carrier AS INTEGER) AS n FROM input' } }),
    );
    const shard = await shardOf(world, await opened(world, { 'a.jsonl': jsonLines(rows) }));
    expect(shard.findings).toMatchObject([{ rule: 'features-failed', severity: 'error' }]);
  });

  it('does not know a batch or an opening that is not there', async () => {
    const world = await aWorld();
    const input = await opened(world, { 'a.jsonl': jsonLines(rows) });
    await expect(profileObject({ ...input, batch: 7 }, world)).rejects.toThrow(NotFoundError);
    await expect(profileObject({ ...input, folder: 'none' }, world)).rejects.toThrow(NotFoundError);
  });
});
