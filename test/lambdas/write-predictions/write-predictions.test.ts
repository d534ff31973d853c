import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writePredictions } from '../../../lambdas/write-predictions/write-predictions.ts';
import type { PredictionRecord } from '../../../lib/domain/predictions/record.ts';
import { memoryObjectStore } from '../../../lib/stores/objects/object-store-memory.ts';
import { packPredictions, packRefusal } from '../../../lib/stores/prediction-message.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';

function aRecord(eventTime: string, n = 1): PredictionRecord {
  return {
    predictionId: `3-${eventTime.slice(0, 13).replaceAll(/[-T]/g, '')}-0000000${n}`,
    eventTime,
    receivedAt: '2026-11-24T12:00:00.000Z',
    version: 3,
    input: { a: n },
    feature: { b: n },
    output: { label: 'x', score: 0.5 },
    latencyMs: 4,
  };
}

function aWorld() {
  const data = memoryObjectStore('data');
  const registry = memoryRegistry();
  const deps = { data, registry, now: () => new Date('2026-11-24T12:00:00.000Z') };
  const write = (records: readonly PredictionRecord[], messageId = 'm-1') =>
    writePredictions(
      { messageId, body: packPredictions({ model: 'churn', version: 3, records })[0] ?? '' },
      deps,
    );
  return { data, registry, deps, write };
}

const prefix = 'predictions/churn/0000000003/';

describe('write-predictions', () => {
  it('writes one object an hour of event time, named by what is in it', async () => {
    const { data, write } = aWorld();
    const records = [aRecord('2026-11-23T08:00:00.000Z'), aRecord('2026-11-23T09:59:00.000Z', 2)];
    await write(records);
    const keys = (await data.list(prefix)).map((o) => o.key);
    expect(keys).toEqual([
      expect.stringMatching(new RegExp(`^${prefix}2026-11-23/08/[0-9a-f]{32}\\.jsonl\\.gz$`)),
      expect.stringMatching(new RegExp(`^${prefix}2026-11-23/09/[0-9a-f]{32}\\.jsonl\\.gz$`)),
    ]);
    const lines = gunzipSync((await data.get(keys[1] ?? '')) ?? new Uint8Array()).toString();
    expect(lines).toBe(`${JSON.stringify(records[1])}\n`);
  });

  it('changes nothing when predictions are delivered again, by the same message or another', async () => {
    const { data, write } = aWorld();
    await write([aRecord('2026-11-23T08:00:00.000Z')]);
    const before = await data.list(prefix);
    await write([aRecord('2026-11-23T08:00:00.000Z')]);
    await write([aRecord('2026-11-23T08:00:00.000Z')], 'm-2');
    expect(await data.list(prefix)).toEqual(before);
    await write([aRecord('2026-11-23T08:00:00.000Z', 2)]);
    expect(await data.list(prefix)).toHaveLength(2);
  });

  it('raises the watermark to the newest event time, says when, and never lowers it', async () => {
    const { registry, write, deps } = aWorld();
    await write([aRecord('2026-11-23T08:00:00.000Z'), aRecord('2026-11-20T08:00:00.000Z', 2)]);
    const later = { ...deps, now: () => new Date('2026-11-24T13:00:00.000Z') };
    const body = packPredictions({
      model: 'churn',
      version: 3,
      records: [aRecord('2026-11-22T08:00:00.000Z')],
    });
    await writePredictions({ messageId: 'm-2', body: body[0] ?? '' }, later);
    expect(await registry.get('churn', sk.watermark)).toEqual({
      eventTime: '2026-11-23T08:00:00.000Z',
      raisedAt: '2026-11-24T12:00:00.000Z',
    });
  });

  it('never lets a row from the future close windows', async () => {
    const { registry, write } = aWorld();
    await write([aRecord('2031-01-01T00:00:00.000Z')]);
    expect(await registry.get('churn', sk.watermark)).toMatchObject({
      eventTime: '2026-11-24T12:00:00.000Z',
    });
  });

  it('writes a refused call once a message, by the hour of its event time, and leaves the watermark alone', async () => {
    const { data, registry, deps } = aWorld();
    const refusal = {
      eventTime: '2026-11-23T08:10:00.000Z',
      receivedAt: '2026-11-24T12:00:00.000Z',
      rows: 2,
      problems: [{ rule: 'schema-new-column', column: 'b', rows: 1, message: 'is no column of the spec' }],
    };
    const body = packRefusal({ model: 'churn', version: 3, refusal });
    for (const messageId of ['m-1', 'm-1', 'm-2']) await writePredictions({ messageId, body }, deps);
    const written = await data.list('refused/churn/0000000003/2026-11-23/08/');
    expect(written).toHaveLength(2);
    expect(await data.getJson(written[0]?.key ?? '')).toEqual(refusal);
    expect((await registry.list('churn', skPrefix.refused(3))).items).toMatchObject([
      { hour: '2026-11-23T08' },
    ]);
    expect(await registry.get('churn', sk.watermark)).toBeUndefined();
  });

  it('refuses a message that predict did not write', async () => {
    const { deps } = aWorld();
    await expect(writePredictions({ messageId: 'm', body: '{"v":2}' }, deps)).rejects.toThrow(
      'must be of version 1',
    );
  });
});
