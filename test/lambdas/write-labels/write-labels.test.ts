import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeLabels } from '../../../lambdas/write-labels/write-labels.ts';
import type { LabelRecord } from '../../../lib/domain/labels/label.ts';
import { labelMessages } from '../../../lib/domain/labels/messages.ts';
import { memoryObjectStore } from '../../../lib/stores/objects/object-store-memory.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';

const aLabel = (eventTime: string, id: string): LabelRecord => ({
  id,
  eventTime,
  label: true,
  revision: 0,
  source: 'api',
  receivedAt: '2026-11-24T12:00:00.000Z',
});

const aStore = () => ({
  data: memoryObjectStore('data'),
  registry: memoryRegistry(),
  now: () => new Date('2026-11-24T12:00:00.000Z'),
});

describe('write-labels', () => {
  it('writes one object a day of event time, which names its hours, and marks the day, once however often the message comes', async () => {
    const deps = aStore();
    const { data } = deps;
    const labels = [aLabel('2026-11-23T08:00:00.000Z', 'a'), aLabel('2026-11-23T08:30:00.000Z', 'b')];
    const [body = ''] = labelMessages('churn', labels);
    await writeLabels({ messageId: 'm-1', body }, deps);
    await writeLabels({ messageId: 'm-1', body }, deps);
    const [only, ...others] = await data.list('labels/churn/');
    expect([only?.key, others.length]).toEqual(['labels/churn/2026-11-23/h000100-m-1.jsonl.gz', 0]);
    expect(await deps.registry.get('churn', sk.labelled('2026-11-23'))).toEqual({
      date: '2026-11-23',
      at: '2026-11-24T12:00:00.000Z',
    });
    const lines = gunzipSync((await data.get(only?.key ?? '')) ?? new Uint8Array())
      .toString()
      .trim()
      .split('\n');
    expect(lines.map((l) => JSON.parse(l))).toEqual(labels);
  });

  it('refuses a message that the API did not write', async () => {
    await expect(writeLabels({ messageId: 'm', body: '{}' }, aStore())).rejects.toThrow(
      'must be of version 1',
    );
  });
});
