import { describe, expect, it } from 'vitest';
import { closeRun } from '../../../lambdas/close-run/close-run.ts';
import type { CloseRunInput } from '../../../lambdas/close-run/input.ts';
import type { Release } from '../../../lib/domain/registry/release.ts';
import type { Run } from '../../../lib/domain/registry/run.ts';
import { silentLogger } from '../../../lib/runtime/logger.ts';
import type { Registry } from '../../../lib/stores/registry/registry.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { AT, applyModel, aRun } from '../../support/a-model.ts';
import { theLedger } from '../../support/the-ledger.ts';

const LATER = '2026-11-24T20:00:00.000Z';
const LEASE = { holder: 'churn-r1', expiresAt: '2026-11-24T18:15:00.000Z' };

const close = (registry: Registry, input: CloseRunInput) =>
  closeRun(input, { registry, now: () => new Date(LATER), log: silentLogger });

const trainingFailed = {
  pipeline: 'training',
  model: 'churn',
  id: 'churn-r1',
  attempt: 1,
  error: {
    Error: 'States.TaskFailed',
    Cause: '{"TrainingJobName":"x","FailureReason":"AlgorithmError: no rows"}',
  },
} as const;

async function training(run: Partial<Run> = {}): Promise<Registry> {
  const registry = memoryRegistry();
  const item = aRun(run);
  await applyModel(registry, {
    head: { runLock: LEASE, champion: 1 },
    writes: [{ sk: sk.run(item.id), item }],
  });
  return registry;
}

describe('close-run, of training', () => {
  it('closes the run with SageMaker’s reason, frees the lock, tells a person and leaves the champion', async () => {
    const registry = await training();
    expect(await close(registry, trainingFailed)).toEqual({ closed: true });
    expect(await registry.get<Run>('churn', sk.run('churn-r1'))).toMatchObject({
      status: 'closed',
      outcome: 'failed',
      closedAt: LATER,
      error: { name: 'States.TaskFailed', cause: 'AlgorithmError: no rows' },
    });
    const head = await registry.head('churn');
    expect(head?.runLock).toBeUndefined();
    expect(head?.champion).toBe(1);
    expect((await theLedger(registry, 'churn')).at(-1)).toMatchObject({
      action: 'run-closed',
      subject: 'run/churn-r1',
      facts: { outcome: 'failed', attempt: 1, cause: 'AlgorithmError: no rows' },
      alert: {
        severity: 'critical',
        sentence: 'Training run churn-r1 of churn failed: AlgorithmError: no rows',
        link: 'runs/churn-r1',
      },
    });
  });

  it('closes once, however often it is told', async () => {
    const registry = await training();
    const told = await Promise.all([1, 2, 3].map(() => close(registry, trainingFailed)));
    expect(told.filter((t) => t.closed)).toHaveLength(1);
    expect(await theLedger(registry, 'churn')).toHaveLength(2);
  });

  it.each<[string, Partial<Run>]>([
    ['an attempt that was started again', { attempt: 2 }],
    ['a run that was evaluated', { status: 'awaiting-approval' }],
    ['a run that is closed', { status: 'closed', outcome: 'rejected' }],
    ['a run that is not there', { id: 'other' }],
  ])('leaves %s alone', async (_, run) => {
    const registry = await training(run);
    expect(await close(registry, trainingFailed)).toEqual({ closed: false });
    expect((await registry.head('churn'))?.runLock).toEqual(LEASE);
  });

  it('knows a model that was never applied', async () => {
    expect(await close(memoryRegistry(), trainingFailed)).toEqual({ closed: false });
  });

  it('keeps a lock that another run holds', async () => {
    const registry = await training();
    const other = { ...LEASE, holder: 'churn-r2' };
    const at = { at: AT, actor: 'a', subject: 's', facts: {} };
    await registry.decide('churn', () => ({
      answer: 0,
      entry: { ...at, action: 'run-started' },
      head: { runLock: other },
    }));
    expect(await close(registry, trainingFailed)).toEqual({ closed: true });
    expect((await registry.head('churn'))?.runLock).toEqual(other);
  });
});

describe('close-run, sweeping', () => {
  it('closes what outlived its lease and nothing else', async () => {
    const registry = await training();
    const fresh = { ...LEASE, holder: 'm2-r1', expiresAt: '2026-11-25T00:00:00.000Z' };
    const run = { sk: sk.run('m2-r1'), item: aRun({ model: 'm2', id: 'm2-r1' }) };
    await applyModel(registry, { model: 'm2', head: { runLock: fresh }, writes: [run] });
    expect(await close(registry, { sweep: true })).toEqual({ closed: true });
    expect(await close(registry, { sweep: true })).toEqual({ closed: false });
    expect((await registry.get<Run>('churn', sk.run('churn-r1')))?.error?.name).toBe('LeaseExpired');
    expect((await registry.head('churn'))?.runLock).toBeUndefined();
    expect((await registry.head('m2'))?.runLock).toEqual(fresh);
  });
});

describe('close-run, of a release', () => {
  it('fails release and run, frees the release lock and names the champion that stays', async () => {
    const release: Release = {
      model: 'churn',
      id: 'rel1',
      version: 2,
      kind: 'promotion',
      status: 'running',
      attempt: 1,
      runId: 'churn-r1',
      startedAt: AT,
    };
    const registry = memoryRegistry();
    const releaseLock = { holder: 'rel1', expiresAt: LATER };
    await applyModel(registry, {
      head: { releaseLock, champion: 1 },
      writes: [
        { sk: sk.release('rel1'), item: release },
        { sk: sk.run('churn-r1'), item: aRun({ status: 'releasing', version: 2 }) },
      ],
    });
    const error = { Error: 'SmokeTestFailed', Cause: 'row 3 must score 0.2, got 0.9' };
    const failed = { pipeline: 'release', model: 'churn', id: 'rel1', attempt: 1, error } as const;
    expect(await close(registry, failed)).toEqual({ closed: true });
    expect(await close(registry, failed)).toEqual({ closed: false });
    expect(await registry.get<Release>('churn', sk.release('rel1'))).toMatchObject({ status: 'failed' });
    expect(await registry.get<Run>('churn', sk.run('churn-r1'))).toMatchObject({
      status: 'closed',
      outcome: 'failed',
    });
    const head = await registry.head('churn');
    expect(head?.releaseLock).toBeUndefined();
    expect(head?.champion).toBe(1);
    const entry = (await theLedger(registry, 'churn')).at(-1);
    expect(entry?.action).toBe('release-failed');
    expect(entry?.alert?.sentence).toBe(
      'Release of version 2 of churn failed and version 1 stays in service: row 3 must score 0.2, got 0.9',
    );
  });
});

describe('close-run, of what holds no lock', () => {
  it.each([
    ['intake', 'u1', 'intake-failed'],
    ['monitoring', 'churn', 'monitoring-failed'],
    ['retirement', 'churn-v1', 'retirement-failed'],
  ] as const)('writes down a failed %s once', async (pipeline, id, action) => {
    const registry = memoryRegistry();
    await applyModel(registry);
    const failed = { pipeline, model: 'churn', id, attempt: 1, execution: 'e1', error: { Error: 'Boom' } };
    expect(await close(registry, failed)).toEqual({ closed: true });
    expect(await close(registry, failed)).toEqual({ closed: false });
    expect((await theLedger(registry, 'churn')).map((e) => e.action)).toEqual(['spec-applied', action]);
  });

  it('leaves an upload alone that another execution has settled', async () => {
    const registry = memoryRegistry();
    const item = { model: 'churn', uploadId: 'u1', status: 'accepted', at: AT };
    await applyModel(registry, { writes: [{ sk: sk.upload('u1'), item }] });
    const failed = { pipeline: 'intake', model: 'churn', id: 'u1', attempt: 1, error: {} } as const;
    expect(await close(registry, failed)).toEqual({ closed: false });
  });

  it('counts a failed execution of monitoring each for itself', async () => {
    const registry = memoryRegistry();
    await applyModel(registry);
    const failed = { pipeline: 'monitoring', model: 'churn', id: 'churn', attempt: 1, error: {} } as const;
    expect(await close(registry, { ...failed, execution: 'e1' })).toEqual({ closed: true });
    expect(await close(registry, { ...failed, execution: 'e2' })).toEqual({ closed: true });
  });
});
