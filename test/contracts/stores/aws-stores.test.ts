import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateScheduleGroupCommand, GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateStateMachineCommand, DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { EMPTY_CHAIN, sealEntry } from '../../../lib/domain/ledger.ts';
import { eventBridgeBus } from '../../../lib/stores/event-bus.ts';
import { stepFunctionsExecutions } from '../../../lib/stores/executions.ts';
import type { ObjectStore } from '../../../lib/stores/objects/object-store.ts';
import { s3ObjectStore } from '../../../lib/stores/objects/object-store-s3.ts';
import { sqsQueue } from '../../../lib/stores/queue.ts';
import { eventBridgeSchedules } from '../../../lib/stores/schedules.ts';
import { objectStoreContract } from '../../stores/objects/object-store.contract.ts';
import { anEntry } from '../../stores/registry/registry.contract.ts';
import { useCloud } from './cloud.ts';

const settings = useCloud();

let bucket: ObjectStore;
beforeAll(async () => {
  const client = new S3Client({ ...settings(), forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: 'landing' }));
  await client.send(
    new PutBucketVersioningCommand({ Bucket: 'landing', VersioningConfiguration: { Status: 'Enabled' } }),
  );
  bucket = s3ObjectStore({ client, bucket: 'landing' });
});

objectStoreContract('the object store on S3', () => bucket);

describe('the object store on S3', () => {
  it('reads the version that it is asked for', async () => {
    await bucket.put('versions/a', 'one');
    const first = await bucket.head('versions/a');
    await bucket.put('versions/a', 'two');
    expect(first?.versionId).toBeDefined();
    const bytes = await bucket.get('versions/a', first?.versionId);
    expect(Buffer.from(bytes ?? []).toString()).toBe('one');
  });

  it('takes a presigned upload of the bytes that were declared', async () => {
    const body = 'a,b\n1,2\n';
    const sha256 = createHash('sha256').update(body).digest('hex');
    const signed = await bucket.presignPut('up/a.csv', { sha256, bytes: body.length, expiresSeconds: 60 });
    const answer = await fetch(signed.url, { method: 'PUT', body, headers: signed.headers });
    expect(answer.status).toBe(200);
    expect(await bucket.sha256('up/a.csv')).toBe(sha256);
    expect((await bucket.head('up/a.csv'))?.bytes).toBe(body.length);
  });
});

describe('the queue on SQS', () => {
  it('sends large and many bodies in as many calls as they need', async () => {
    const client = new SQSClient(settings());
    const { QueueUrl: url = '' } = await client.send(new CreateQueueCommand({ QueueName: 'log' }));
    const bodies = Array.from({ length: 23 }, (_, i) => `${i}:${'x'.repeat(i < 3 ? 190 * 1024 : 10)}`);
    expect(await sqsQueue({ client, url }).send(bodies)).toEqual(bodies.map(() => true));
    const got = new Set<string>();
    while (got.size < bodies.length) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
      );
      if (Messages.length === 0) break;
      for (const message of Messages) got.add(message.Body ?? '');
    }
    expect(got).toEqual(new Set(bodies));
  });

  it('flags every body false when the queue is gone', async () => {
    const client = new SQSClient(settings());
    const url = `${settings().endpoint}/000000000000/none`;
    expect(await sqsQueue({ client, url }).send(['a', 'b'])).toEqual([false, false]);
  });
});

describe('the event bus on EventBridge', () => {
  it('publishes each entry under its action with its hash as id', async () => {
    const sqs = new SQSClient(settings());
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'events' }));
    const client = new EventBridgeClient(settings());
    await client.send(new CreateEventBusCommand({ Name: 'bus' }));
    await client.send(
      new PutRuleCommand({ Name: 'all', EventBusName: 'bus', EventPattern: '{"source":["mooring"]}' }),
    );
    await client.send(
      new PutTargetsCommand({
        Rule: 'all',
        EventBusName: 'bus',
        Targets: [{ Id: 'q', Arn: 'arn:aws:sqs:us-east-1:000000000000:events' }],
      }),
    );
    const entries = Array.from({ length: 12 }, (_, i) =>
      sealEntry(`m${i}`, EMPTY_CHAIN, anEntry({ facts: { i } })),
    );
    expect(await eventBridgeBus({ client, busName: 'bus' }).publish(entries)).toEqual([]);
    const ids = new Set<string>();
    for (let i = 0; i < 20 && ids.size < entries.length; i++) {
      const receive = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1, VisibilityTimeout: 60 };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(receive));
      for (const { Body = '' } of Messages) {
        const event = JSON.parse(Body) as { 'detail-type': string; detail: { id: string } };
        expect(event['detail-type']).toBe('spec-applied');
        ids.add(event.detail.id);
      }
    }
    expect(ids).toEqual(new Set(entries.map((e) => e.hash)));
  });
});

describe('executions on Step Functions', () => {
  it('counts one of the same name as started', async () => {
    const client = new SFNClient(settings());
    const definition = JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });
    const roleArn = 'arn:aws:iam::000000000000:role/any';
    const made = await client.send(new CreateStateMachineCommand({ name: 'training', definition, roleArn }));
    const executions = stepFunctionsExecutions({
      client,
      stateMachineArns: { training: made.stateMachineArn ?? '' },
    });
    const arn = await executions.start('training', 'r1-1', { model: 'm' });
    expect(await executions.start('training', 'r1-1', { model: 'other' })).toBe(arn);
    const described = await client.send(new DescribeExecutionCommand({ executionArn: arn }));
    expect(described.input).toBe('{"model":"m"}');
    await expect(executions.start('intake', 'x', {})).rejects.toThrow('no state machine is wired for intake');
  });
});

describe('schedules on EventBridge Scheduler', () => {
  it('makes the schedules equal to what is wanted: created, changed, gone', async () => {
    const client = new SchedulerClient(settings());
    await client.send(new CreateScheduleGroupCommand({ Name: 'models' }));
    const schedules = eventBridgeSchedules({
      client,
      group: 'models',
      roleArn: 'arn:aws:iam::000000000000:role/schedules',
      targetArns: {
        monitor: 'arn:aws:states:us-east-1:000000000000:stateMachine:monitoring',
        retrain: 'arn:aws:lambda:us-east-1:000000000000:function:guard',
      },
    });
    const get = (Name: string) => client.send(new GetScheduleCommand({ Name, GroupName: 'models' }));
    const daily = { purpose: 'monitor', expression: 'rate(1 day)' } as const;
    const retrain = { purpose: 'retrain', expression: 'cron(0 3 * * ? *)' } as const;
    expect(await schedules.apply('churn', [daily, retrain])).toEqual(['monitor-churn', 'retrain-churn']);
    expect((await get('retrain-churn')).Target?.Input).toBe('{"model":"churn","kind":"schedule"}');
    expect(await schedules.apply('churn', [{ ...daily, expression: 'rate(1 hour)' }])).toEqual([
      'monitor-churn',
    ]);
    expect((await get('monitor-churn')).ScheduleExpression).toBe('rate(1 hour)');
    await expect(get('retrain-churn')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await schedules.apply('churn', [])).toEqual([]);
    expect(await schedules.apply('churn', [])).toEqual([]);
  });
});

describe('files', () => {
  it('go up and come down unchanged', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-files-'));
    await writeFile(join(folder, 'a'), Buffer.alloc(300_000, 7));
    await bucket.upload(join(folder, 'a'), 'files/a');
    expect(await bucket.download('files/a', join(folder, 'b'))).toBe(true);
    expect(await readFile(join(folder, 'b'))).toEqual(await readFile(join(folder, 'a')));
    expect(await bucket.download('files/none', join(folder, 'c'))).toBe(false);
    await rm(folder, { recursive: true });
  });
});
