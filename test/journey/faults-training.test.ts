import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allOf } from '../../bin/mooring/client.ts';
import type { GuardAnswer } from '../../lib/domain/registry/signal.ts';
import type { AlertRead } from '../../local/journey/alerts.ts';
import { eventually } from '../support/engine.ts';
import { useCloud } from './support/a-cloud.ts';
import {
  aModelWithData,
  closedRun,
  promoteNext,
  questions,
  TRIPS,
  tinySpec,
} from './support/a-tiny-model.ts';
import { keptResults } from './support/behind-its-back.ts';
import { executionStatus, stopExecution } from './support/executions.ts';
import { outputsOf, trainingStatuses, trainingsOf } from './support/jobs.ts';
import { aGate, type Gate, uploadTrainer } from './support/trainer-code.ts';
import { callVerb } from './support/verbs.ts';

const cloud = useCloud();
const MODEL = 'delay';
const spec = tinySpec(MODEL);
let folder: string;

/** A model with a version in service. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-gates-'));
  await aModelWithData(cloud().admin, spec);
  expect(await promoteNext(cloud().admin, MODEL)).toBe(1);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function trainWith(before: string): Promise<void> {
  const { admin } = cloud();
  const code = await uploadTrainer(admin, MODEL, before);
  await admin.applySpec(MODEL, { ...spec, training: { ...spec.training, code } });
}

const servedBy = async () => (await cloud().admin.predict(MODEL, questions(TRIPS.slice(0, 1)))).version;

async function alertOf(link: string): Promise<AlertRead> {
  return eventually(
    async () => (await cloud().inbox.read()).find((alert) => alert.link === link),
    `an alert about ${link}`,
  );
}

describe('a training script that fails after the baseline is done', () => {
  let runId = '';
  const results = () => keptResults(cloud().output('TableName'), MODEL);
  const prepared = async () => {
    const Bucket = cloud().output('DataBucket');
    const listing = new ListObjectsV2Command({ Bucket, Prefix: `prepared/${MODEL}/` });
    const { Contents = [] } = await new S3Client({ forcePathStyle: true }).send(listing);
    return Contents.map(({ Key, LastModified }) => [Key, LastModified?.toISOString()]);
  };

  it('fails its run with the reason, tells a person, frees the lock and leaves the champion', async () => {
    const { admin } = cloud();
    const gate = aGate(folder, 'baseline-done');
    await trainWith(unlucky(gate));
    const before = await results();
    const { id } = await admin.startRun(MODEL);
    runId = id;
    // The baseline trained, and it and the champion have scored the holdout.
    await eventually(
      async () => (await results()) === before + 3 || undefined,
      'the results of others',
      60_000,
    );
    await gate.open();
    const run = await closedRun(admin, { model: MODEL, id });
    expect([run.outcome, run.error?.cause]).toEqual([
      'failed',
      expect.stringContaining('the labels are upside down'),
    ]);
    expect(await alertOf(`runs/${id}`)).toMatchObject({
      severity: 'critical',
      sentence: expect.stringContaining('the labels are upside down'),
    });
    const { champion, runLock } = await admin.model(MODEL);
    expect([champion, runLock, await servedBy()]).toEqual([1, undefined, 1]);
    await eventually(
      async () => (await executionStatus('training', `${id}-1`)) === 'FAILED' || undefined,
      'the execution failed',
    );
  });

  it('is done alone when its run starts again: what had succeeded is used again', async () => {
    const { admin } = cloud();
    const before = await prepared();
    expect(before.length).toBeGreaterThan(4);
    expect(await admin.restartRun(MODEL, runId)).toMatchObject({ id: runId, attempt: 2, status: 'running' });
    const run = await closedRun(admin, { model: MODEL, id: runId });
    expect([run.outcome, run.version, run.error]).toEqual(['promoted', 2, undefined]);
    expect(await trainingsOf(cloud(), runId)).toEqual(['base-1-0', 'chal-1-0', 'chal-2-0']);
    expect(await outputsOf(cloud(), MODEL, runId)).toEqual([
      'base-1-0',
      'base-1-0-t',
      'chal-2-0',
      'chal-2-0-t',
      'cham-1-0-t',
    ]);
    expect(await prepared()).toEqual(before);
    expect((await admin.model(MODEL)).champion).toBe(2);
  });

  /** Fails for the challenger, the first time. */
  const unlucky = (gate: Gate) => `
if algorithm == "gradient-boosting" and "-chal-1-" in job:
    wait_for("${gate.file}")
    fail("the labels are upside down")
`;
});

describe('a run whose execution is stopped by hand', () => {
  it('is failed, stops its jobs and gives way to the next one', async () => {
    const { admin } = cloud();
    const gate = aGate(folder, 'after-the-stop');
    await trainWith(`wait_for("${gate.file}")`);
    const { id } = await admin.startRun(MODEL);
    const jobs = () => trainingsOf(cloud(), id);
    await eventually(async () => (await jobs()).length === 2 || undefined, 'both trainings in progress');
    await expect(admin.startRun(MODEL)).rejects.toMatchObject({
      status: 409,
      message: `run ${id} is in progress`,
    });
    await stopExecution('training', `${id}-1`);
    const run = await closedRun(admin, { model: MODEL, id });
    expect([run.outcome, run.error?.name]).toEqual(['failed', 'States.ABORTED']);
    expect(await alertOf(`runs/${id}`)).toMatchObject({ severity: 'critical' });
    await eventually(
      async () =>
        Object.values(await trainingStatuses(cloud(), id)).every((s) => s === 'Stopped') || undefined,
      'both trainings stopped',
    );
    await gate.open();
    const { champion, runLock } = await admin.model(MODEL);
    expect([champion, runLock]).toEqual([2, undefined]);
    expect(await promoteNext(admin, MODEL)).toBe(3);
  });
});

describe('a thousand copies of one drift event, fifty at a time', () => {
  it('start exactly one run, and all get the same answer', async () => {
    const { admin } = cloud();
    const started = async () => {
      const entries = await allOf((page) => admin.ledger(MODEL, page));
      return entries.filter((entry) => entry.action === 'run-started').map((entry) => entry.facts);
    };
    const before = (await started()).length;
    const event = {
      'detail-type': 'drift-found',
      detail: { model: MODEL, facts: { signal: 'drift-once' } },
    };
    let left = 1000;
    const answers: GuardAnswer[] = [];
    const caller = async () => {
      while (left-- > 0) answers.push(await callVerb<GuardAnswer>('guard-retrain', event));
    };
    await Promise.all(Array.from({ length: 50 }, caller));

    expect(answers).toHaveLength(1000);
    const [answer] = answers;
    if (answer?.decision !== 'start')
      throw new Error(`the guard must start a run, got ${JSON.stringify(answer)}`);
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
    expect((await started()).slice(before)).toEqual([
      expect.objectContaining({ signal: 'drift-once', runId: answer.runId }),
    ]);
    const run = await closedRun(admin, { model: MODEL, id: answer.runId });
    expect([run.attempt, run.trigger]).toEqual([1, { kind: 'drift', signal: 'drift-once' }]);
    expect((await admin.signals(MODEL)).items.map((s) => s.id)).toEqual(['drift-once']);
  });
});
