import { describe, expect, it } from 'vitest';
import { openIntake } from '../../../lambdas/open-intake/open-intake.ts';
import { profileObject } from '../../../lambdas/profile-object/profile-object.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { IntakeShard } from '../../../lib/domain/intake/intake-plan.ts';
import { combineBinnings, makeBinning } from '../../../lib/domain/profile/binning.ts';
import { keys } from '../../../lib/names.ts';
import { aWorld, delaySpec, jsonLines, MODEL, putUpload, trips, type World } from '../../support/a-world.ts';

async function opened(world: World, files: Readonly<Record<string, string>>) {
  await putUpload(world, 'u1', files);
  const { objects: _, duplicate: __, ...common } = await openIntake({ model: MODEL, uploadId: 'u1' }, world);
  return { ...common, index: 0 };
}

const shardAt = (world: World, key: string) =>
  world.artifacts.getJson<IntakeShard>(key) as Promise<IntakeShard>;
const rows = trips('2013-01-01', 2, 40);

describe('profile-object', () => {
  it('counts rows, times and columns of one object', async () => {
    const world = await aWorld();
    const { shardKey } = await profileObject(await opened(world, { 'a.jsonl': jsonLines(rows) }), world);
    const shard = await shardAt(world, shardKey);
    expect(shard).toMatchObject({ index: 0, rows: 80, from: rows[0]?.at, to: rows.at(-1)?.at, findings: [] });
    expect(shard.profile?.rows).toBe(80);
    expect(shard.profile?.columns['feature.carrier']).toMatchObject({ kind: 'categorical', n: 80 });
  });

  it('profiles under the inputs of the champion’s bins as well', async () => {
    const world = await aWorld();
    const input = await opened(world, { 'a.jsonl': jsonLines(rows) });
    const outputs = makeBinning({ 'output.score': { kind: 'numeric', edges: [0.5] } });
    const own = await world.artifacts.getJson<Parameters<typeof combineBinnings>[0]>(input.binningKey);
    await world.artifacts.putJson('champion.json', combineBinnings(own ?? makeBinning({}), outputs));
    const { shardKey } = await profileObject({ ...input, championBinningKey: 'champion.json' }, world);
    const { profile, championProfile } = await shardAt(world, shardKey);
    expect(championProfile?.columns).toEqual(profile?.columns);
  });

  it('writes the same shard again', async () => {
    const world = await aWorld();
    const input = await opened(world, { 'a.jsonl': jsonLines(rows) });
    const { shardKey } = await profileObject(input, world);
    const first = await world.artifacts.get(shardKey);
    await profileObject(input, world);
    expect(await world.artifacts.get(shardKey)).toEqual(first);
  });

  it('reports what breaks the rules with example rows, and never throws for data', async () => {
    const world = await aWorld();
    const hot = rows.map((row, i) => (i === 3 ? { ...row, temp: 400 } : row));
    const { shardKey } = await profileObject(await opened(world, { 'a.jsonl': jsonLines(hot) }), world);
    const { findings } = await shardAt(world, shardKey);
    expect(findings).toMatchObject([{ column: 'temp', severity: 'error', rows: 1, examples: [{ row: 4 }] }]);
  });

  it.each([
    ['truncated Parquet', 'a.parquet', 'PAR1 and then nothing'],
    ['an unknown type of file', 'a.docx', 'text'],
    ['an empty file', 'a.csv', ''],
  ])('reports %s as unreadable', async (_, name, text) => {
    const world = await aWorld();
    const { shardKey } = await profileObject(await opened(world, { [name]: text }), world);
    const shard = await shardAt(world, shardKey);
    expect(shard).toMatchObject({ rows: 0, findings: [{ severity: 'error' }] });
    expect(shard.profile).toBeUndefined();
  });

  it('reports an object that changed since intake opened it', async () => {
    const world = await aWorld();
    const input = await opened(world, { 'a.jsonl': jsonLines(rows) });
    await world.landing.put(keys.upload(MODEL, 'u1', 'a.jsonl'), jsonLines(rows.slice(1)));
    const shard = await shardAt(world, (await profileObject(input, world)).shardKey);
    expect(shard).toMatchObject({ rows: 0, findings: [{ rule: 'object-checksum-mismatch' }] });
  });

  it('reports a row on which features.sql fails', async () => {
    const world = await aWorld(
      delaySpec({ features: { sql: 'SELECT CAST(carrier AS INTEGER) AS n FROM input' } }),
    );
    const shard = await shardAt(
      world,
      (await profileObject(await opened(world, { 'a.jsonl': jsonLines(rows) }), world)).shardKey,
    );
    expect(shard.findings).toMatchObject([{ rule: 'features-failed', severity: 'error' }]);
  });

  it('does not know an object that the upload does not have', async () => {
    const world = await aWorld();
    const input = await opened(world, { 'a.jsonl': jsonLines(rows) });
    await expect(profileObject({ ...input, index: 7 }, world)).rejects.toThrow(NotFoundError);
    await expect(profileObject({ ...input, uploadId: 'none' }, world)).rejects.toThrow(NotFoundError);
  });
});
