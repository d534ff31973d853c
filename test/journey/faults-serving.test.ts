import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeEndpointCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { DeleteQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Predictions } from '../../bin/mooring/answers.ts';
import { ApiError } from '../../bin/mooring/api-error.ts';
import { waitFor } from '../../bin/mooring/wait-for.ts';
import { endpointName, keys, METRICS } from '../../lib/names.ts';
import { packPredictions } from '../../lib/stores/prediction-message.ts';
import { settle } from '../../local/journey/settle.ts';
import { trips } from '../support/a-world.ts';
import { eventually } from '../support/engine.ts';
import { useCloud } from './support/a-cloud.ts';
import { aModelWithData, promoteNext, questions, tinySpec } from './support/a-tiny-model.ts';
import { sumOf } from './support/metrics.ts';
import { monitored } from './support/monitored.ts';
import { loggedRecords, predictionQueue } from './support/prediction-log.ts';
import { callVerb } from './support/verbs.ts';

/** These follow each other: what one leaves in service, the next goes on with. */
const cloud = useCloud();
const MODEL = 'delay';
const RETRAIN = 'rate(7 days)';

beforeAll(async () => {
  const retraining = { onDrift: false, schedule: RETRAIN };
  await aModelWithData(cloud().admin, tinySpec(MODEL, { retraining }));
  expect(await promoteNext(cloud().admin, MODEL)).toBe(1);
});

const ask = (rows: ReturnType<typeof trips>) => cloud().admin.predict(MODEL, questions(rows));
const endpoint = (version: number) => endpointName('local', MODEL, version);

async function endpointStatus(version: number): Promise<string | undefined> {
  const client = new SageMakerClient({ endpoint: cloud().cloud.sagemaker.url });
  const described = client.send(new DescribeEndpointCommand({ EndpointName: endpoint(version) }));
  return described.then(
    (answer) => answer.EndpointStatus,
    (error: Error) => (/Could not find/.test(error.message) ? undefined : Promise.reject(error)),
  );
}

/** The aliases of a model are cached for seconds. */
const servedBy = (version: number) =>
  eventually(async () => {
    const answer = await ask(trips('2013-03-01', 1, 1)).catch(() => undefined);
    return answer?.version === version ? answer : undefined;
  }, `an answer of version ${version}`);

describe('a record that is delivered more than once', () => {
  it('counts once in its window', async () => {
    const { admin } = cloud();
    const queue = await predictionQueue();
    const day = trips('2013-02-01', 1, 60);
    expect((await ask(day)).logged).toBe(true);
    await settle([queue]);
    const records = await loggedRecords(cloud(), MODEL, 1);
    expect(records).toHaveLength(60);

    // The same predictions again are the same objects of the log, by whatever message they come.
    const [body = ''] = packPredictions({ model: MODEL, version: 1, records });
    const message = { Records: [{ messageId: 'm-1', body }] };
    for (let i = 0; i < 3; i++)
      expect(await callVerb('write-predictions', message)).toEqual({ batchItemFailures: [] });
    await new SQSClient().send(new SendMessageCommand({ QueueUrl: queue, MessageBody: body }));
    await settle([queue]);
    expect(await loggedRecords(cloud(), MODEL, 1)).toHaveLength(60);

    await ask(trips('2013-02-03', 1, 1));
    await settle([queue]);
    await monitored(cloud(), MODEL);
    const { items } = await admin.windows(MODEL, { kind: 'drift' });
    // The day after nobody asked anything: a window as well.
    expect(items).toMatchObject([
      { start: '2013-02-01T00:00:00.000Z', version: 1, rows: 60 },
      { start: '2013-02-02T00:00:00.000Z', version: 1, rows: 0, verdict: 'insufficient-data' },
    ]);
  });
});

describe('an endpoint that dies under traffic', () => {
  it('costs callers a 503 that hints at nothing, and no logged record; an alarm’s metric moves', async () => {
    expect(await promoteNext(cloud().admin, MODEL)).toBe(2);
    await servedBy(2);
    await settle([await predictionQueue()]);
    const before = {
      errors: await sumOf(METRICS.endpointErrors, MODEL),
      logged: await loggedRecords(cloud(), MODEL, 2),
    };
    const rows = trips('2013-03-01', 1, 90);
    const answers: Predictions[] = [];
    const refused: ApiError[] = [];
    const caller = async (mine: typeof rows) => {
      for (const row of mine)
        await ask([row]).then(
          (answer) => answers.push(answer),
          (error: unknown) => (error instanceof ApiError ? refused.push(error) : Promise.reject(error)),
        );
    };
    const traffic = Promise.all([0, 30, 60].map((from) => caller(rows.slice(from, from + 30))));
    await eventually(async () => answers.length >= 20 || undefined, 'traffic');
    const pid = cloud().cloud.sagemaker.endpointPid(endpoint(2));
    if (pid === undefined) throw new Error('the endpoint of version 2 must have a process, got none');
    process.kill(pid, 'SIGKILL');
    await traffic;

    expect(answers.length + refused.length).toBe(90);
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, code, message, details } of refused)
      expect({ status, code, message, details }).toEqual({
        status: 503,
        code: 'unavailable',
        message: `version 2 of model ${MODEL} does not answer; try again`,
        details: [],
      });
    expect(answers.every((answer) => answer.logged)).toBe(true);
    await settle([await predictionQueue()]);
    const logged = (await loggedRecords(cloud(), MODEL, 2)).map((record) => record.predictionId);
    const served = answers.flatMap((answer) => answer.predictions.map((p) => p.predictionId));
    const earlier = before.logged.map((record) => record.predictionId);
    expect(logged.sort()).toEqual([...earlier, ...served].sort());
    expect(await sumOf(METRICS.endpointErrors, MODEL)).toBe(before.errors + refused.length);
  });
});

describe('a rollback', () => {
  it('gives the traffic to the previous champion, though the present one is dead', async () => {
    const { admin } = cloud();
    const done = await admin.rollback(MODEL, { reason: 'version 2 does not answer' });
    expect(done).toMatchObject({ kind: 'rollback', status: 'completed', from: 2, version: 1 });
    const answer = await servedBy(1);
    expect(answer.predictions.map((p) => p.predictionId)).toEqual([expect.stringMatching(/^1-2013030100-/)]);
    expect(await admin.model(MODEL)).toMatchObject({ champion: 1, previousChampion: 2 });
  });

  it('is refused to an endpoint that would refuse it', async () => {
    await expect(cloud().admin.rollback(MODEL, { reason: 'and back' })).rejects.toMatchObject({
      status: 409,
      message: 'the endpoint of version 2 must be InService, got Failed',
    });
  });
});

describe('a retirement', () => {
  const retire = (version: number) => cloud().admin.retire(MODEL, version, 'nobody needs it');

  it('is refused for what serves and for what is kept for rollback', async () => {
    for (const version of [1, 2]) {
      const refused = retire(version);
      await expect(refused).rejects.toMatchObject({
        status: 409,
        message: expect.stringMatching(/is in service|is kept for rollback/),
      });
    }
  });

  it('ends any other version with a certificate, and no endpoint', async () => {
    const { admin, output } = cloud();
    expect(await promoteNext(admin, MODEL)).toBe(3);
    expect(await retire(2)).toMatchObject({ version: 2 });
    await waitFor(
      () => admin.version(MODEL, 2),
      ({ status }) => status === 'retired',
      { timeoutSeconds: 60, everyMs: 100, what: 'the retirement of version 2' },
    );
    expect([await endpointStatus(2), await endpointStatus(1), await endpointStatus(3)]).toEqual([
      undefined,
      'InService',
      'InService',
    ]);
    const { ledger } = await admin.model(MODEL);
    const certificate = await eventually(
      () => certificateOf(output('AuditBucket'), 2),
      'the certificate of version 2',
    );
    expect(certificate).toMatchObject({ version: { model: MODEL, number: 2, status: 'retired' } });
    expect(certificate.ledger.seq).toBeLessThan(ledger.seq);
    await expect(retire(2)).rejects.toMatchObject({ status: 409, message: 'version 2 is retired already' });
  });

  async function certificateOf(Bucket: string, version: number) {
    const wanted = new GetObjectCommand({ Bucket, Key: keys.certificate(MODEL, version) });
    const answer = await new S3Client({ forcePathStyle: true }).send(wanted).catch((error: Error) => {
      if (error.name !== 'NoSuchKey') throw error;
    });
    const text = await answer?.Body?.transformToString();
    return text === undefined ? undefined : (JSON.parse(text) as { ledger: { seq: number } });
  }
});

describe('predictions without their queue', () => {
  it('are still given, say that they are not logged, and move an alarm’s metric', async () => {
    await servedBy(3);
    await new SQSClient().send(new DeleteQueueCommand({ QueueUrl: await predictionQueue() }));
    const before = await sumOf(METRICS.predictionsUnlogged, MODEL);
    const answer = await ask(trips('2013-03-02', 1, 7));
    expect([answer.version, answer.predictions.length, answer.logged]).toEqual([3, 7, false]);
    expect(await sumOf(METRICS.predictionsUnlogged, MODEL)).toBe(before + 7);
  });
});

describe('a deletion', () => {
  const schedules = async () => {
    const { Schedules = [] } = await new SchedulerClient().send(new ListSchedulesCommand({}));
    return Schedules.map((schedule) => schedule.Name).filter((name) => name?.endsWith(`-${MODEL}`));
  };
  const removes = {
    endpoints: expect.arrayContaining([endpoint(1), endpoint(3)]),
    schedules: [`monitor-${MODEL}`, `retrain-${MODEL}`],
  };

  it('only says what it would do until it is confirmed', async () => {
    const { admin } = cloud();
    expect(await admin.deleteModel(MODEL)).toMatchObject({ dryRun: true, removes, keeps: { versions: 3 } });
    await expect(admin.deleteModel(MODEL, 'relay')).rejects.toMatchObject({ status: 422 });
    expect((await schedules()).sort()).toEqual([`monitor-${MODEL}`, `retrain-${MODEL}`]);
    expect([await endpointStatus(1), await endpointStatus(3)]).toEqual(['InService', 'InService']);
  });

  it('then takes schedules and endpoints away, and the name answers as one that never was', async () => {
    const { admin } = cloud();
    expect(await admin.deleteModel(MODEL, MODEL)).toMatchObject({ dryRun: false, removes });
    await eventually(async () => (await schedules()).length === 0 || undefined, 'no schedule');
    await eventually(
      async () => ((await endpointStatus(1)) ?? (await endpointStatus(3))) === undefined || undefined,
      'no endpoint',
    );
    const closed = { status: 403, message: `model ${MODEL} does not exist or is not open to this token` };
    await expect(admin.model(MODEL)).rejects.toMatchObject(closed);
    await eventually(async () => {
      const error = await ask(trips('2013-03-02', 1, 1)).catch((e: unknown) => e);
      return error instanceof ApiError && error.status === 403 ? error : undefined;
    }, 'predict to know of the deletion');
  });
});
