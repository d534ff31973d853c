import { describe, expect, it } from 'vitest';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aWorld, delaySpec, jsonLines, MODEL, putUpload, trips, type World } from '../../support/a-world.ts';
import { takeIn } from '../../support/take-in.ts';

const specWith = (...constraints: readonly object[]) =>
  delaySpec({ schema: { ...delaySpec().schema, constraints } });

async function taken(world: World, uploadId: string, files: Readonly<Record<string, string>>) {
  await putUpload(world, uploadId, files);
  const { datasetId } = await takeIn(world, uploadId);
  return (await world.registry.get<DatasetVersion>(MODEL, sk.dataset(datasetId))) as DatasetVersion;
}

const first = trips('2013-01-01', 2, 40);
const second = trips('2013-01-03', 1, 40);

describe('a dataset under constraints', () => {
  it('is rejected for a key that two of its objects have', async () => {
    const world = await aWorld(specWith({ id: 'once', kind: 'unique', columns: ['trip'] }));
    const good = await taken(world, 'u1', { 'a.jsonl': jsonLines(first), 'b.jsonl': jsonLines(second) });
    expect([good.status, good.findings]).toEqual(['accepted', []]);
    const twice = [...second, ...first.slice(0, 2)];
    const bad = await taken(world, 'u2', { 'a.jsonl': jsonLines(first), 'b.jsonl': jsonLines(twice) });
    expect(bad.status).toBe('rejected');
    expect(bad.findings).toMatchObject([
      { rule: 'feature-type-low-unique', constraint: 'once', rows: 2, severity: 'error' },
    ]);
  });

  it('is rejected when it is too old or too small, and only told of a warning', async () => {
    const world = await aWorld(
      specWith(
        { id: 'fresh', kind: 'freshness', maxAgeHours: 24 },
        { id: 'many', kind: 'volume', minRows: 1000, severity: 'warning' },
      ),
    );
    const old = await taken(world, 'u1', { 'a.jsonl': jsonLines(first) });
    expect(old.status).toBe('rejected');
    expect(old.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'dataset-stale error',
      'dataset-low-num-examples warning',
    ]);
  });

  it('says what changed in the schema since the last accepted one', async () => {
    const world = await aWorld();
    const before = await taken(world, 'u1', { 'a.jsonl': jsonLines(first) });
    expect(before.schemaDiff).toBeUndefined();
    const wider = second.map((row) => ({ ...row, gate: 'B2' }));
    const after = await taken(world, 'u2', { 'b.jsonl': jsonLines(wider) });
    expect(after.schemaDiff).toMatchObject({
      since: before.id,
      added: [{ name: 'gate', type: 'JSON' }],
      removed: [],
      retyped: [],
    });
  });
});
