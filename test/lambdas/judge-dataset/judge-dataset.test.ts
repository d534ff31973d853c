import { describe, expect, it } from 'vitest';
import { judgeDataset } from '../../../lambdas/judge-dataset/judge-dataset.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { aWorld, delaySpec, jsonLines, MODEL, putUpload, trips, type World } from '../../support/a-world.ts';
import { takeIn } from '../../support/take-in.ts';
import { theLedger } from '../../support/the-ledger.ts';

const datasetOf = (world: World, id: string) =>
  world.registry.get<DatasetVersion>(MODEL, sk.dataset(id)) as Promise<DatasetVersion>;
const january = {
  'a.jsonl': jsonLines(trips('2013-01-01', 2, 40)),
  'b.jsonl': jsonLines(trips('2013-01-03', 1, 40)),
};
const tooHot = {
  'a.jsonl': january['a.jsonl'],
  'b.jsonl': jsonLines(trips('2013-01-03', 1, 40, { warmer: 200 })),
};

/** Another spec with another limit, whatever stood in it. */
const applyLimit = (world: World, specHash: string, max: number) => {
  const { schema } = delaySpec();
  const columns = schema.columns.map((c) => (c.name === 'temp' ? { ...c, max } : c));
  return world.registry.decide(MODEL, () => ({
    answer: undefined,
    entry: {
      at: '2026-11-25T00:00:00.000Z',
      actor: 'token/ada',
      action: 'spec-applied',
      subject: `spec/${specHash}`,
      facts: {},
    },
    head: { specHash },
    writes: [{ sk: sk.spec(specHash), item: delaySpec({ schema: { ...schema, columns } }) }],
  }));
};

describe('judge-dataset', () => {
  it('rejects a dataset for one row from the future, and takes one of an old century', async () => {
    const world = await aWorld();
    const [row] = trips('2013-01-01', 1, 1);
    const far = { ...row, trip: 'far', at: '9999-12-31T00:00:00Z' };
    await putUpload(world, 'typo', { ...january, 'c.jsonl': jsonLines([far]), 'd.jsonl': jsonLines([far]) });
    const { datasetId, status } = await takeIn(world, 'typo');
    expect(status).toBe('rejected');
    expect((await datasetOf(world, datasetId)).findings).toMatchObject([
      {
        rule: 'timestamp-type-out-of-range',
        severity: 'error',
        message:
          'column at is before 0001-01-01T00:00:00.000Z or after 2026-11-25T12:00:00.000Z, a day after it came, in 2 of 122 rows (1.64 %), wanted none',
        examples: [{ row: 1, value: '"9999-12-31T00:00:00Z"' }],
      },
    ]);
    await putUpload(world, 'old', { 'a.jsonl': jsonLines([{ ...row, at: '0001-01-01T00:00:00Z' }]) });
    expect((await takeIn(world, 'old')).status).toBe('accepted');
  });

  it('accepts a good dataset with the profile of all its objects', async () => {
    const world = await aWorld();
    await putUpload(world, 'u1', january);
    const { datasetId } = await takeIn(world, 'u1');
    const dataset = await datasetOf(world, datasetId);
    expect(dataset).toMatchObject({
      status: 'accepted',
      rows: 120,
      objects: 2,
      from: '2013-01-01T00:00:00.000Z',
    });
    expect((await world.artifacts.getJson<Profile>(dataset.profileKey ?? ''))?.rows).toBe(120);
    expect((await theLedger(world.registry, MODEL)).at(-1)).toMatchObject({
      action: 'dataset-accepted',
      subject: `dataset/${datasetId}`,
      facts: { rows: 120, uploadId: 'u1' },
    });
  });

  it('leads from the dataset back to its raw objects', async () => {
    const world = await aWorld();
    await putUpload(world, 'u1', january);
    const { datasetId } = await takeIn(world, 'u1');
    const { nodes } = await world.registry.lineage({ kind: 'dataset', id: `${MODEL}/${datasetId}` }, 'in', 1);
    expect(nodes.filter((n) => n.kind === 'object').map((n) => n.id)).toEqual([
      `${MODEL}/u1/a.jsonl`,
      `${MODEL}/u1/b.jsonl`,
    ]);
  });

  it('rejects the whole for one bad object, tells people why, and blocks nothing', async () => {
    const world = await aWorld();
    await putUpload(world, 'u1', tooHot);
    const { datasetId, status } = await takeIn(world, 'u1');
    expect(status).toBe('rejected');
    expect((await datasetOf(world, datasetId)).findings[0]).toMatchObject({
      column: 'temp',
      severity: 'error',
    });
    const entry = (await theLedger(world.registry, MODEL)).at(-1);
    expect(entry).toMatchObject({ action: 'dataset-rejected', alert: { severity: 'warning' } });
    expect(entry?.alert?.sentence).toContain('temp');
    expect((await world.registry.head(MODEL))?.openIncidents).toBe(0);
    expect(await world.landing.get(`landing/${MODEL}/u1/b.jsonl`)).toBeDefined();
  });

  it('opens one incident for labelled predictions that come back broken', async () => {
    const world = await aWorld();
    await putUpload(world, 'window-1', tooHot, { origin: 'labelled-predictions' });
    await takeIn(world, 'window-1');
    expect((await world.registry.head(MODEL))?.openIncidents).toBe(1);
    const { items } = await world.registry.byKind('incident');
    expect(items).toMatchObject([{ kind: 'dataset-rejected', status: 'open' }]);
    expect((await theLedger(world.registry, MODEL)).at(-1)?.alert?.severity).toBe('critical');
  });

  it('keeps an incident that was closed as it ended, and opens another for the same data', async () => {
    const world = await aWorld();
    await putUpload(world, 'window-1', tooHot, { origin: 'labelled-predictions' });
    await takeIn(world, 'window-1');
    const [first] = (await world.registry.list<Incident>(MODEL, skPrefix.incident)).items;
    const closed = { ...first, status: 'closed', reason: 'seen to' } as Incident;
    await world.registry.put(MODEL, sk.incident(closed.id), closed);
    await applyLimit(world, 's2', 100);
    expect(await takeIn(world, 'window-1')).toMatchObject({ status: 'rejected' });
    await applyLimit(world, 's3', 110);
    await takeIn(world, 'window-1');
    expect((await world.registry.list<Incident>(MODEL, skPrefix.incident)).items).toMatchObject([
      closed,
      { id: `${closed.id}-2`, status: 'open' },
    ]);
  });

  it('takes one decision however often and however much at once it is asked', async () => {
    const world = await aWorld();
    await putUpload(world, 'u1', january);
    await Promise.all([takeIn(world, 'u1'), takeIn(world, 'u1')]);
    await takeIn(world, 'u1');
    const actions = (await theLedger(world.registry, MODEL)).map((entry) => entry.action);
    expect(actions).toEqual(['spec-applied', 'dataset-accepted']);
  });

  it('judges a rejected dataset again under a new spec', async () => {
    const world = await aWorld();
    await putUpload(world, 'u1', tooHot);
    await takeIn(world, 'u1');
    expect(await takeIn(world, 'u1')).toMatchObject({ status: 'duplicate' });
    await applyLimit(world, 's2', 400);
    expect(await takeIn(world, 'u1')).toMatchObject({ status: 'accepted' });
  });

  it('rejects an upload whose manifest cannot be read', async () => {
    const world = await aWorld();
    await world.landing.put(`landing/${MODEL}/u1/_manifest.json`, 'nonsense');
    const { datasetId, status } = await takeIn(world, 'u1');
    expect(status).toBe('rejected');
    expect((await datasetOf(world, datasetId)).findings.map((f) => f.rule)).toEqual(['manifest-invalid']);
  });

  it('does not know an upload that was not opened', async () => {
    const world = await aWorld();
    const input = { model: MODEL, uploadId: 'none', datasetId: 'd', folder: 'none' };
    await expect(judgeDataset(input, world)).rejects.toThrow(NotFoundError);
  });
});
