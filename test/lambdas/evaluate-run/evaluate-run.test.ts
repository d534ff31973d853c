import { describe, expect, it } from 'vitest';
import { evaluateRun } from '../../../lambdas/evaluate-run/evaluate-run.ts';
import { ConflictError, NotFoundError } from '../../../lib/domain/errors.ts';
import type { Binning } from '../../../lib/domain/profile/binning.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import { calibrationSchema } from '../../../lib/domain/quality/calibration.ts';
import type { Approval } from '../../../lib/domain/registry/approval.ts';
import type { Release } from '../../../lib/domain/registry/release.ts';
import type { Run } from '../../../lib/domain/registry/run.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import type { SmokeSample } from '../../../lib/domain/release/smoke-sample.ts';
import { keys } from '../../../lib/names.ts';
import { listAll } from '../../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { championChanged } from '../../support/a-release.ts';
import { aGoldenSet, aStartedRun, blind, sees, train, trainAndEvaluate } from '../../support/a-training.ts';
import { aWorld, delaySpec, MODEL, NOW, trips, type World } from '../../support/a-world.ts';
import { theLedger } from '../../support/the-ledger.ts';

const runOf = (world: World) => world.registry.get<Run>(MODEL, sk.run('r1')) as Promise<Run>;
const versionOf = (world: World, n: number) =>
  world.registry.get<ModelVersion>(MODEL, sk.version(n)) as Promise<ModelVersion>;
const automatic = delaySpec({ approval: { policy: 'automatic' } });

/** A version that serves, made by an earlier run. */
async function aServingVersion(world: World, champion = 1): Promise<void> {
  const version: Partial<ModelVersion> = {
    model: MODEL,
    number: champion,
    specHash: 's1',
    status: 'in-service',
  };
  await world.registry.decide(MODEL, () => ({
    answer: undefined,
    entry: championChanged(1),
    head: { champion, nextVersion: champion + 1 },
    writes: [{ sk: sk.version(champion), item: version }],
  }));
}

describe('evaluate-run', () => {
  it('registers a version that passed its gates and leaves it to people', async () => {
    const world = await aWorld();
    const { version, outcome } = await trainAndEvaluate(world, await aStartedRun(world), {
      challenger: sees,
    });
    expect({ version, outcome }).toEqual({ version: 1, outcome: 'awaiting-approval' });
    const made = await versionOf(world, 1);
    expect(made).toMatchObject({
      status: 'candidate',
      runId: 'r1',
      holdoutRows: 240,
      image: world.trainerImage,
    });
    expect(made.metrics.auc).toBeGreaterThan(0.85);
    expect(made.baselineMetrics.auc).toBeLessThan(0.6);
    expect(await runOf(world)).toMatchObject({ status: 'awaiting-approval', version: 1 });
    const head = await world.registry.head(MODEL);
    expect(head?.nextVersion).toBe(2);
    expect(head?.runLock).toBeUndefined();
    expect(head?.retraining.labelledUntil).toBe('2013-01-10T23:59:59.999Z');
  });

  it('opens an approval that names who may not decide it, and tells people', async () => {
    const world = await aWorld();
    await trainAndEvaluate(world, await aStartedRun(world), { challenger: sees });
    const { items } = await world.registry.byKind<Approval>('approval');
    expect(items).toMatchObject([{ id: 'delay-v1', status: 'open', version: 1, starter: 't1' }]);
    const entry = (await theLedger(world.registry, MODEL)).at(-1);
    expect(entry).toMatchObject({ action: 'run-evaluated', alert: { link: 'approvals/delay-v1' } });
    expect(entry?.inputs.map((n) => n.kind)).toEqual([
      'dataset',
      'run',
      'spec',
      'features',
      'code',
      'image',
      'platform',
    ]);
  });

  it('rejects a version that fails a gate, closes its run and says by which numbers', async () => {
    const world = await aWorld();
    const { outcome } = await trainAndEvaluate(world, await aStartedRun(world), { challenger: blind });
    expect(outcome).toBe('rejected');
    expect(await versionOf(world, 1)).toMatchObject({
      status: 'rejected',
      gates: [{ verdict: 'fail', required: 0.6 }, {}],
    });
    expect(await runOf(world)).toMatchObject({ status: 'closed', outcome: 'rejected', closedAt: NOW });
    expect((await world.registry.byKind('approval')).items).toEqual([]);
    expect((await world.registry.head(MODEL))?.runLock).toBeUndefined();
    expect((await theLedger(world.registry, MODEL)).at(-1)?.alert?.sentence).toContain('rejected');
  });

  it('compares challenger and champion on the same holdout', async () => {
    const world = await aWorld();
    await aServingVersion(world);
    const run = await aStartedRun(world, { champion: 1 });
    const { outcome } = await trainAndEvaluate(world, run, { challenger: sees, champion: sees });
    expect(outcome).toBe('rejected');
    const { championMetrics, metrics, gates } = await versionOf(world, 2);
    expect(championMetrics).toEqual(metrics);
    expect(gates[1]).toMatchObject({ verdict: 'fail', required: (metrics.auc ?? 0) + 0.01 });
  });

  it.each([
    ['rejects a challenger that is worse on the golden set than the champion', blind, sees, 'rejected'],
    ['lets one pass that is not', sees, sees, 'awaiting-approval'],
  ])('%s', async (_, challenger, champion, wanted) => {
    const golden = aGoldenSet(trips('2012-06-01', 2, 50));
    const gates = [{ metric: 'auc', atLeast: 0.1 }];
    const world = await aWorld(delaySpec({ evaluation: { metric: 'auc', gates, golden: golden.id } }));
    await aServingVersion(world);
    const run = await aStartedRun(world, { champion: 1 });
    await golden.takeIn(world);
    const { outcome } = await trainAndEvaluate(world, run, { challenger, champion });
    expect(outcome).toBe(wanted);
    const { golden: shown, gates: judged } = await versionOf(world, 2);
    expect(shown).toMatchObject({ dataset: golden.id, rows: 100 });
    expect(judged.at(-1)?.gate).toMatchObject({ set: 'golden', against: 'champion' });
    expect(judged.at(-1)?.required).toBe(shown?.championMetrics?.auc);
    const entry = (await theLedger(world.registry, MODEL)).find((e) => e.action === 'run-evaluated');
    expect(entry?.inputs).toContainEqual({ kind: 'dataset', id: `${MODEL}/${golden.id}` });
    expect(entry?.facts.golden).toEqual(shown);
  });

  it('replaces no champion by the numbers of another one', async () => {
    const world = await aWorld();
    await aServingVersion(world, 1);
    const run = await aStartedRun(world, { champion: 1 });
    const trained = await train(world, run, { challenger: sees });
    await aServingVersion(world, 2);
    const input = {
      model: MODEL,
      runId: 'r1',
      attempt: 1,
      contentKey: 'k',
      predictions: trained.predictions,
    };
    expect(await evaluateRun(input, world)).toEqual({ version: 3, outcome: 'rejected' });
    expect((await versionOf(world, 3)).gates[1]?.reason).toBe(
      'the run was measured against version 1, and version 2 serves now',
    );
  });

  it('saves the reference its windows will be compared with, outputs from the holdout', async () => {
    const world = await aWorld();
    await trainAndEvaluate(world, await aStartedRun(world), { challenger: sees });
    const { binningKey, referenceProfileKey } = await versionOf(world, 1);
    const binning = await world.artifacts.getJson<Binning>(binningKey);
    const reference = await world.artifacts.getJson<Profile>(referenceProfileKey);
    expect(reference?.binningId).toBe(binning?.id);
    expect(reference?.columns['input.temp']).toMatchObject({ n: 360 });
    expect(reference?.columns['output.score']).toMatchObject({ n: 240 });
  });

  it('saves what the holdout taught about its scores, in bins that end where it decides', async () => {
    const world = await aWorld();
    await trainAndEvaluate(world, await aStartedRun(world), { challenger: sees });
    const { binningKey, calibrationKey, metrics } = await versionOf(world, 1);
    const binning = await world.artifacts.getJson<Binning>(binningKey);
    const score = binning?.columns['output.score'];
    const calibration = calibrationSchema.parse(await world.artifacts.getJson(calibrationKey ?? ''));
    expect(calibration).toMatchObject({ task: 'binary', positive: 'true', rows: 240 });
    expect(score?.kind === 'numeric' && score.edges).toEqual(calibration.edges);
    expect(calibration.edges).toContain(calibration.threshold);
    // Every bin is called one way, and its rows add up to the measured accuracy.
    const { rows, called } = calibration.bins;
    rows.forEach((n, i) => {
      expect([0, n]).toContain(called[i]);
    });
    const right = calibration.contributions.accuracy?.sums.reduce((sum, value) => sum + value, 0) ?? 0;
    expect(right / 240).toBeCloseTo(metrics.accuracy ?? 0, 12);
  });

  it('knows how much its answers go with each feature', async () => {
    const world = await aWorld();
    await trainAndEvaluate(world, await aStartedRun(world), { challenger: sees });
    const { importance } = await versionOf(world, 1);
    // It sees nothing but the temperature.
    expect(importance?.['feature.fahrenheit']).toBeGreaterThan(0.8);
    expect(importance?.['feature.carrier']).toBeLessThan(0.1);
  });

  it('keeps a few rows with their answers for the smoke test', async () => {
    const world = await aWorld();
    await trainAndEvaluate(world, await aStartedRun(world), { challenger: sees });
    const sample = await world.artifacts.getJson<SmokeSample>(keys.smokeSample(MODEL, 'r1'));
    expect(sample?.rows).toHaveLength(5);
    sample?.rows.forEach((row, i) => {
      expect(sample.predictions[i]?.score).toBe(sees(row));
    });
  });

  it('registers one version, however often it is asked', async () => {
    const world = await aWorld();
    const first = await trainAndEvaluate(world, await aStartedRun(world), { challenger: sees });
    const again = await Promise.all([evaluateRun(first.input, world), evaluateRun(first.input, world)]);
    expect(again).toEqual([
      { version: 1, outcome: 'awaiting-approval' },
      { version: 1, outcome: 'awaiting-approval' },
    ]);
    expect(await listAll(world.registry, MODEL, skPrefix.version)).toHaveLength(1);
  });

  it('approves and releases under an automatic policy, each as a decision of its own and once', async () => {
    const world = await aWorld(automatic);
    const { input, outcome } = await trainAndEvaluate(world, await aStartedRun(world), { challenger: sees });
    expect(outcome).toBe('approved');
    expect(await evaluateRun(input, world)).toEqual({ version: 1, outcome: 'approved' });
    const actions = (await theLedger(world.registry, MODEL)).map((entry) => entry.action);
    expect(actions.slice(-3)).toEqual(['run-evaluated', 'approval-decided', 'release-started']);
    const [release] = await listAll<Release>(world.registry, MODEL, skPrefix.release);
    expect(release).toMatchObject({ version: 1, runId: 'r1', status: 'running' });
    expect((await world.registry.head(MODEL))?.releaseLock?.holder).toBe(release?.id);
    expect(await runOf(world)).toMatchObject({ status: 'releasing' });
    expect(await versionOf(world, 1)).toMatchObject({ status: 'approved' });
  });

  it('leaves the approval to people while another release is in progress', async () => {
    const world = await aWorld(automatic);
    const run = await aStartedRun(world);
    await world.registry.decide(MODEL, () => ({
      answer: undefined,
      entry: { at: NOW, actor: 'token/ada', action: 'release-started', subject: 'release/x', facts: {} },
      head: { releaseLock: { holder: 'x', expiresAt: '2026-11-25T00:00:00.000Z' } },
    }));
    expect(await trainAndEvaluate(world, run, { challenger: sees })).toMatchObject({
      outcome: 'awaiting-approval',
    });
    expect((await world.registry.byKind('approval')).items).toHaveLength(1);
  });

  it('refuses an attempt that is over', async () => {
    const world = await aWorld();
    const run = await aStartedRun(world);
    const { predictions } = await train(world, run, { challenger: sees });
    await world.registry.put(MODEL, sk.run('r1'), { ...run, status: 'closed', outcome: 'failed' });
    const input = { model: MODEL, runId: 'r1', attempt: 1, contentKey: 'k', predictions };
    await expect(evaluateRun(input, world)).rejects.toThrow(ConflictError);
  });

  it('registers nothing for a model that was deleted meanwhile', async () => {
    const world = await aWorld();
    const { predictions } = await train(world, await aStartedRun(world), { challenger: sees });
    await world.registry.decide(MODEL, () => ({
      answer: undefined,
      entry: { at: NOW, actor: 'token/ada', action: 'model-deleted', subject: 'model/delay', facts: {} },
      head: { deleted: true },
    }));
    const input = { model: MODEL, runId: 'r1', attempt: 1, contentKey: 'k', predictions };
    await expect(evaluateRun(input, world)).rejects.toThrow('model delay is not known');
  });

  it.each([
    [
      'as many lines as the holdout has rows',
      `${JSON.stringify({ label: true, score: 1 })}\n`,
      'as many as the 240',
    ],
    ['a label and a score in each', '{"label": true}\n'.repeat(240), 'must have label and score, got score'],
    ['JSON', 'nonsense\n'.repeat(240), 'must have label and score'],
  ])('wants predictions that are %s', async (_, text, sentence) => {
    const world = await aWorld();
    const { predictions } = await train(world, await aStartedRun(world), { challenger: sees });
    await world.artifacts.put('jobs/r1/chal/part-0.jsonl.out', text);
    const input = { model: MODEL, runId: 'r1', attempt: 1, contentKey: 'k', predictions };
    await expect(evaluateRun(input, world)).rejects.toThrow(sentence);
  });

  it('does not know an unknown run, nor outputs that are not there', async () => {
    const world = await aWorld();
    const run = await aStartedRun(world);
    const { predictions } = await train(world, run, { challenger: sees });
    const input = { model: MODEL, runId: 'r1', attempt: 1, contentKey: 'k', predictions };
    await expect(evaluateRun({ ...input, runId: 'none' }, world)).rejects.toThrow(NotFoundError);
    const nowhere = { ...predictions, baseline: 's3://artifacts/nowhere' };
    await expect(evaluateRun({ ...input, predictions: nowhere }, world)).rejects.toThrow(NotFoundError);
    const elsewhere = { ...predictions, baseline: 's3://another/bucket' };
    await expect(evaluateRun({ ...input, predictions: elsewhere }, world)).rejects.toThrow(ConflictError);
  });
});
