import { describe, expect, it } from 'vitest';
import { guardRetrain } from '../../../lambdas/guard-retrain/guard-retrain.ts';
import { guardRetrainInput } from '../../../lambdas/guard-retrain/input.ts';
import { contentHash } from '../../../lib/domain/canonical-json.ts';
import type { Run } from '../../../lib/domain/registry/run.ts';
import type { Signal } from '../../../lib/domain/registry/signal.ts';
import { silentLogger } from '../../../lib/runtime/logger.ts';
import type { Registry } from '../../../lib/stores/registry/registry.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { AT, aDataset, applyModel, aSpec, type ModelState } from '../../support/a-model.ts';
import { theLedger } from '../../support/the-ledger.ts';

const SERVING: ModelState = { head: { champion: 1 }, datasets: [aDataset()] };

const ask = (registry: Registry, signal: string, at = AT) =>
  guardRetrain(
    { kind: 'drift', model: 'churn', signal },
    { registry, now: () => new Date(at), log: silentLogger },
  );

describe('guard-retrain', () => {
  it('starts a run on a signal: lock, run, signal and entry in one decision', async () => {
    const registry = memoryRegistry();
    await applyModel(registry, SERVING);
    const answer = await ask(registry, 'w1');
    if (answer.decision !== 'start') throw new Error(JSON.stringify(answer));
    const head = await registry.head('churn');
    expect(head?.runLock).toEqual({ holder: answer.runId, expiresAt: '2026-11-24T18:15:00.000Z' });
    expect(head?.retraining).toEqual({
      lastStartedAt: AT,
      day: '2026-11-24',
      startedInDay: 1,
      month: '2026-11',
      startedInMonth: 1,
    });
    expect(await registry.get<Run>('churn', sk.run(answer.runId))).toMatchObject({
      status: 'running',
      trigger: { kind: 'drift', signal: 'w1' },
      datasets: ['d1'],
      champion: 1,
      holdoutFrom: '2026-10-18T00:00:00.000Z',
      to: '2026-11-01T00:00:00.000Z',
    });
    expect((await registry.get<Signal>('churn', sk.signal('w1')))?.answer).toEqual(answer);
    const entry = (await theLedger(registry, 'churn')).at(-1);
    expect(entry).toMatchObject({
      action: 'run-started',
      actor: 'platform/guard-retrain',
      subject: `run/${answer.runId}`,
      inputs: [
        { kind: 'dataset', id: 'churn/d1' },
        { kind: 'spec', id: 'churn/s1' },
      ],
      outputs: [{ kind: 'run', id: `churn/${answer.runId}` }],
      facts: { attempt: 1, signal: 'w1', newLabels: 10_000 },
    });
  });

  it('starts a run over ninety days of hourly exports, each found by lineage', async () => {
    const registry = memoryRegistry();
    const datasets = Array.from({ length: 90 * 24 }, (_, i) => {
      const hour = new Date(Date.parse('2026-08-03T00:00:00.000Z') + i * 3_600_000).toISOString();
      return aDataset({ id: contentHash(i), from: hour, to: hour, rows: 100 });
    });
    await applyModel(registry, { ...SERVING, datasets });
    const answer = await ask(registry, 'w1');
    if (answer.decision !== 'start') throw new Error(JSON.stringify(answer));
    const entry = (await theLedger(registry, 'churn')).at(-1);
    expect(entry?.inputs.map(({ kind }) => kind)).toEqual(['dataset-list', 'spec']);
    expect(entry?.facts.datasets).toBe(2160);
    const dataset = { kind: 'dataset', id: `churn/${contentHash(77)}` } as const;
    expect((await registry.lineage(dataset, 'out', 2)).nodes.at(-1)?.id).toBe(`churn/${answer.runId}`);
  });

  it('reads the first answer for every repeat and writes nothing more', async () => {
    const registry = memoryRegistry();
    await applyModel(registry, SERVING);
    const first = await ask(registry, 'w1');
    expect(await ask(registry, 'w1', '2026-12-24T12:00:00.000Z')).toEqual(first);
    expect(await theLedger(registry, 'churn')).toHaveLength(2);
  });

  it('writes down why it starts nothing, once a signal', async () => {
    const registry = memoryRegistry();
    await applyModel(registry, SERVING);
    await ask(registry, 'w1');
    const second = await ask(registry, 'w2');
    expect(second).toMatchObject({ decision: 'suppress', because: 'run-in-progress' });
    expect(await ask(registry, 'w2')).toEqual(second);
    const ledger = await theLedger(registry, 'churn');
    expect(ledger.map((e) => e.action)).toEqual(['spec-applied', 'run-started', 'retraining-suppressed']);
    expect(ledger[2]?.facts).toMatchObject({ signal: 'w2', because: 'run-in-progress' });
  });

  it.each<[string, ModelState]>([
    ['kill-switch', { ...SERVING, head: { champion: 1, killSwitch: true } }],
    ['disabled', { ...SERVING, spec: aSpec({ onDrift: false }) }],
    ['no-champion', { datasets: [aDataset()] }],
    ['open-incident', { ...SERVING, head: { champion: 1, openIncidents: 1 } }],
    ['too-few-new-labels', { ...SERVING, datasets: [aDataset({ rows: 999 })] }],
    ['too-few-new-labels', { ...SERVING, datasets: [aDataset({ status: 'rejected' })] }],
  ])('suppresses because of %s', async (because, state) => {
    const registry = memoryRegistry();
    await applyModel(registry, state);
    expect(await ask(registry, 'w1')).toMatchObject({ decision: 'suppress', because });
    expect((await registry.head('churn'))?.runLock).toBeUndefined();
  });

  it('counts no label of the golden set, which judges and is never learned from', async () => {
    const registry = memoryRegistry();
    const spec = aSpec();
    const golden = { ...spec, evaluation: { ...spec.evaluation, golden: 'g' } };
    const datasets = [aDataset({ rows: 900 }), aDataset({ id: 'g', rows: 5000 })];
    await applyModel(registry, { ...SERVING, spec: golden, datasets });
    expect(await ask(registry, 'w1')).toMatchObject({
      because: 'too-few-new-labels',
      detail: '1000 new labelled rows are wanted, 900 have come',
    });
  });

  it('takes a tick of the schedule once an hour', async () => {
    const registry = memoryRegistry();
    await applyModel(registry, { ...SERVING, spec: aSpec({ onDrift: false }) });
    const tick = (at: string) =>
      guardRetrain(
        { kind: 'schedule', model: 'churn' },
        { registry, now: () => new Date(at), log: silentLogger },
      );
    const first = await tick(AT);
    expect(first.decision).toBe('start');
    expect(await tick('2026-11-24T12:59:59.000Z')).toEqual(first);
    expect(await tick('2026-11-24T13:00:00.000Z')).toMatchObject({ because: 'run-in-progress' });
  });

  it('refuses a model that is not known or deleted', async () => {
    const registry = memoryRegistry();
    await expect(ask(registry, 'w1')).rejects.toMatchObject({ name: 'NotFoundError' });
    await applyModel(registry, { ...SERVING, head: { champion: 1, deleted: true } });
    await expect(ask(registry, 'w1')).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('starts one run for a thousand copies of one signal, fifty at a time', async () => {
    const registry = memoryRegistry();
    await applyModel(registry, SERVING);
    const answers = new Set<string>();
    for (let i = 0; i < 20; i++) {
      const copies = await Promise.all(Array.from({ length: 50 }, () => ask(registry, 'w1')));
      for (const answer of copies) answers.add(JSON.stringify(answer));
    }
    expect(answers.size).toBe(1);
    expect(await theLedger(registry, 'churn')).toHaveLength(2);
  });
});

describe('the guard’s input', () => {
  it('is the bus’s event or a tick', () => {
    const event = {
      source: 'mooring',
      'detail-type': 'drift-found',
      detail: { model: 'm', facts: { signal: 's' } },
    };
    expect(guardRetrainInput.parse(event)).toEqual({ kind: 'drift', model: 'm', signal: 's' });
    expect(guardRetrainInput.parse({ model: 'm', kind: 'schedule' })).toEqual({
      kind: 'schedule',
      model: 'm',
    });
    expect(guardRetrainInput.safeParse({ model: 'm' }).success).toBe(false);
    expect(guardRetrainInput.safeParse({ ...event, 'detail-type': 'window-scored' }).success).toBe(false);
  });
});
