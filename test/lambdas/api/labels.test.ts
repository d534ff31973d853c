import { describe, expect, it } from 'vitest';
import type { Head } from '../../../lib/domain/registry/head.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { AT, aSpec } from '../../support/a-model.ts';
import { aWorld, caller, withModel } from './world.ts';

const good = { id: 'c-1', eventTime: '2026-11-01T10:00:00Z', label: true };

describe('POST /models/{model}/labels', () => {
  it('answers 202 when the labels are in the queue', async () => {
    const world = await withModel(aWorld());
    const labels = [good, { predictionId: '3-2026110107-abcdefgh', label: false, revision: 2 }];
    const { status, body } = await world.call(caller, 'POST', '/models/churn/labels', { labels });
    expect([status, body]).toEqual([202, { accepted: 2, errors: [] }]);
    expect(JSON.parse(world.messages[0] ?? '')).toEqual({
      v: 1,
      model: 'churn',
      labels: [
        {
          id: 'c-1',
          eventTime: '2026-11-01T10:00:00.000Z',
          label: true,
          revision: 0,
          source: 'api',
          receivedAt: '2026-11-24T12:00:00.000Z',
        },
        {
          predictionId: '3-2026110107-abcdefgh',
          eventTime: '2026-11-01T07:00:00.000Z',
          label: false,
          revision: 2,
          source: 'api',
          receivedAt: '2026-11-24T12:00:00.000Z',
        },
      ],
    });
  });

  it('keeps the good ones and names what is wrong with each other one', async () => {
    const world = await withModel(aWorld());
    const labels = [
      good,
      { id: 'x', label: true },
      { ...good, label: 'yes' },
      { predictionId: 'nonsense', label: true },
      { label: true },
      { ...good, lable: 1 },
      { ...good, label: undefined },
      'yes',
      { ...good, eventTime: '9999-12-31' },
      { predictionId: '3-0001010100-abcdefgh', label: true },
    ];
    const { status, body } = await world.call(caller, 'POST', '/models/churn/labels', { labels });
    expect([status, body.accepted]).toEqual([202, 1]);
    expect(body.errors.map((e: { index: number; path: string }) => [e.index, e.path])).toEqual([
      [1, 'eventTime'],
      [2, 'label'],
      [3, 'predictionId'],
      [4, 'id'],
      [5, 'lable'],
      [6, 'label'],
      [7, ''],
      [8, 'eventTime'],
      [9, 'predictionId'],
    ]);
    expect(body.errors.slice(4, 7).map((e: { message: string }) => e.message)).toEqual([
      'is no known key',
      'must be given: true or false, a number, or a text of at most 256 characters',
      'must be an object with a label',
    ]);
  });

  it('takes labels of the version in service as well as those that a newer spec asks for', async () => {
    const world = await withModel(aWorld());
    const { schema } = aSpec();
    const columns = schema.columns.map((c) => (c.name === 'left' ? { ...c, type: 'string' as const } : c));
    const { specHash } = (await world.registry.head('churn')) as Head;
    await world.registry.decide('churn', () => ({
      answer: undefined,
      entry: { at: AT, actor: 'token/t1', action: 'spec-applied', subject: 'spec/s2', facts: {} },
      head: { specHash: 's2', champion: 1 },
      writes: [
        { sk: sk.spec('s2'), item: { ...aSpec(), schema: { ...schema, columns } } },
        { sk: sk.version(1), item: { model: 'churn', number: 1, specHash } },
      ],
    }));
    const labels = [good, { ...good, label: 'moved' }, { ...good, label: 7 }];
    const { body } = await world.call(caller, 'POST', '/models/churn/labels', { labels });
    expect(body).toMatchObject({
      accepted: 2,
      errors: [{ index: 2, message: expect.stringContaining('a text') }],
    });
  });

  it('answers 422 when none is good and 503 when the queue is down', async () => {
    const world = await withModel(aWorld());
    const bad = await world.call(caller, 'POST', '/models/churn/labels', { labels: [{ label: true }] });
    expect([bad.status, bad.body.error.details[0].path]).toEqual([422, 'labels.0.id']);
    const text = await world.call(caller, 'POST', '/models/churn/labels', { labels: ['yes'] });
    expect(text.body.error.details).toEqual([
      { path: 'labels.0', message: 'must be an object with a label' },
    ]);
    world.breakQueue();
    const down = await world.call(caller, 'POST', '/models/churn/labels', { labels: [good] });
    expect([down.status, down.body.error.code]).toEqual([503, 'unavailable']);
  });
});
