import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { reachableUrl, refuseHugeAssets } from '../../../local/deploy.ts';
import { eventually } from '../../support/engine.ts';
import { output, useFixture } from './fixture.ts';
import { run } from './step-functions/machine.ts';

const fixture = useFixture();
const out = (name: string) => output(fixture(), name);

async function receive(QueueUrl: string, count: number): Promise<readonly Message[]> {
  const sqs = new SQSClient({});
  const got: Message[] = [];
  await eventually(async () => {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    for (const one of Messages ?? []) {
      got.push(one);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: one.ReceiptHandle }));
    }
    return got.length >= count ? got : undefined;
  }, `${count} messages in ${QueueUrl}`);
  return got;
}

async function invoke(event: unknown) {
  const answer = await new LambdaClient({}).send(
    new InvokeCommand({ FunctionName: out('EchoName'), Payload: JSON.stringify(event), LogType: 'Tail' }),
  );
  return {
    error: answer.FunctionError,
    payload: JSON.parse(answer.Payload?.transformToString() || 'null'),
    log: Buffer.from(answer.LogResult ?? '', 'base64').toString(),
  };
}

describe('a function', () => {
  it('runs on Node 24 and gets nothing of the engine in its environment', async () => {
    const { payload } = await invoke({ a: 1 });
    expect(payload.node).toMatch(/^v24\./);
    expect(payload.event).toEqual({ a: 1 });
    expect(Object.keys(payload.env).filter((name) => name.startsWith('MOORING'))).toEqual([]);
  });

  it('keeps the name of its error and its process', async () => {
    const before = (await invoke({})).payload.pid;
    const { error, payload } = await invoke({ fail: true });
    expect(error).toBeTruthy();
    expect(payload).toMatchObject({ errorType: 'ValidationError', errorMessage: 'told to fail' });
    expect((await invoke({})).payload.pid).toBe(before);
  });

  it('has the log of each invocation with that invocation', async () => {
    for (const word of ['anchor', 'bollard', 'cleat']) {
      const { log } = await invoke({ log: word });
      expect(log).toContain(word);
      expect((await invoke({})).log).not.toContain(word);
    }
  });

  it('shares one copy of its code among at most four workers', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => invoke({ sleep: 300 })));
    expect(answers.every((one) => one.error === undefined)).toBe(true);
    expect(new Set(answers.map((one) => one.payload.pid)).size).toBe(4);
    const { readFile, stat } = await import('node:fs/promises');
    const folders = [...new Set(answers.map((one) => one.payload.dir as string))];
    expect(folders).toHaveLength(4);
    const inodes = await Promise.all(folders.map(async (one) => (await stat(join(one, 'index.js'))).ino));
    expect(new Set(inodes).size).toBe(1);
    expect(await readFile(join(folders[0] as string, 'index.js'), 'utf8')).toContain('told to fail');
    expect(await readdir(join(folders[0] as string, '..'))).not.toContain('code.zip');
  });
});

describe('a metric in a log line', () => {
  it('moves the alarm that watches it', async () => {
    await invoke({ metric: 5 });
    const cloudwatch = new CloudWatchClient({});
    const AlarmNames = [out('AlarmName')];
    const alarm = await eventually(async () => {
      const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames }));
      return MetricAlarms?.find((one) => one.StateValue === 'ALARM');
    }, 'alarm on an embedded metric');
    expect(alarm.MetricName).toBe('Echoes');
  });
});

describe('an HTTP API with a Lambda authorizer', () => {
  const call = (headers: Record<string, string>) =>
    fetch(`${reachableUrl(out('ApiUrl'), fixture().engine)}/models`, { headers });

  it('answers 401 without a token and 403 with a wrong one', async () => {
    expect((await call({})).status).toBe(401);
    expect((await call({ authorization: 'Bearer bad' })).status).toBe(403);
  });

  it('hands what the authorizer says to the function', async () => {
    const response = await call({ authorization: 'Bearer good' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ principal: 'p1', role: 'viewer' });
  });
});

describe('a queue that feeds a function', () => {
  it('sends only the failed message of a batch to the dead letters', async () => {
    const sqs = new SQSClient({});
    for (const MessageBody of ['good', 'bad', 'good']) {
      await sqs.send(new SendMessageCommand({ QueueUrl: out('WorkUrl'), MessageBody }));
    }
    const dead = await receive(out('DeadUrl'), 1);
    expect(dead.map((one) => one.Body)).toEqual(['bad']);
  });
});

describe('a table stream', () => {
  it('has one record for each item of a transaction, and none for one that was cancelled', async () => {
    const TableName = out('TableName');
    const client = new DynamoDBClient({});
    const put = (pk: string, ConditionExpression = 'attribute_not_exists(pk)') => ({
      Put: { TableName, Item: { pk: { S: pk } }, ConditionExpression },
    });
    await client.send(new TransactWriteItemsCommand({ TransactItems: ['a', 'b', 'c'].map((pk) => put(pk)) }));
    const cancelled = client.send(new TransactWriteItemsCommand({ TransactItems: [put('d'), put('a')] }));
    await expect(cancelled).rejects.toThrow(
      expect.objectContaining({ name: 'TransactionCanceledException' }),
    );
    await client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'last' } } }));
    const records = (await receive(out('StreamQueueUrl'), 4)).map((one) => JSON.parse(one.Body ?? '{}'));
    expect(records.map((one) => `${one.kind} ${one.pk}`).sort()).toEqual([
      'INSERT a',
      'INSERT b',
      'INSERT c',
      'INSERT last',
    ]);
    expect(new Set(records.map((one) => one.id)).size).toBe(4);
  });
});

describe('an event of an AWS service', () => {
  const publish = (token: string) =>
    fetch(fixture().engine.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSEvents.PutEvents',
        'x-local-event-token': token,
        authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/events/aws4_request',
      },
      body: JSON.stringify({
        Entries: [
          { Source: 'aws.sagemaker', DetailType: 'SageMaker Training Job State Change', Detail: '{"n":1}' },
        ],
      }),
    });

  it('is refused without the token of the engine', async () => {
    const response = await publish('guess');
    const { FailedEntryCount } = (await response.json()) as { FailedEntryCount?: number };
    expect(response.status === 400 || FailedEntryCount === 1).toBe(true);
  });

  it('reaches the rules with it', async () => {
    expect((await publish(fixture().engine.eventToken)).status).toBe(200);
    const [message] = await receive(out('EventsUrl'), 1);
    expect(JSON.parse(message?.Body ?? '{}')).toMatchObject({ source: 'aws.sagemaker', detail: { n: 1 } });
  });
});

describe('an execution that times out', () => {
  it('is an event like every other end', async () => {
    await run({ TimeoutSeconds: 1, StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 3, End: true } } });
    const events = (await receive(out('EventsUrl'), 2)).map((one) => JSON.parse(one.Body ?? '{}'));
    expect(events.map((one) => `${one.source} ${one.detail.status}`).sort()).toEqual([
      'aws.states RUNNING',
      'aws.states TIMED_OUT',
    ]);
  });
});

describe('a deployed stack', () => {
  it('has its time to live, lifecycle rules, tags and composite alarm', async () => {
    const ttl = await new DynamoDBClient({}).send(
      new DescribeTimeToLiveCommand({ TableName: out('TableName') }),
    );
    expect(ttl.TimeToLiveDescription).toMatchObject({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'expiresAt',
    });
    const s3 = new S3Client({});
    const Bucket = out('BucketName');
    const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(Rules).toMatchObject([
      {
        ID: 'tmp',
        Status: 'Enabled',
        Expiration: { Days: 7 },
        NoncurrentVersionExpiration: { NoncurrentDays: 3 },
      },
    ]);
    const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
    expect(TagSet).toContainEqual({ Key: 'aws-cdk:auto-delete-objects', Value: 'true' });
    const alarms = await new CloudWatchClient({}).send(
      new DescribeAlarmsCommand({ AlarmNames: [out('CompositeName')], AlarmTypes: ['CompositeAlarm'] }),
    );
    expect(alarms.CompositeAlarms?.[0]?.AlarmRule).toContain('ALARM(');
  });

  it('is destroyed with the objects in its bucket', async () => {
    const s3 = new S3Client({});
    const Bucket = out('BucketName');
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    await fixture().destroy();
    const stacks = new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: 'Fixture' }));
    await expect(stacks).rejects.toThrow();
    await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('an assembly to deploy', () => {
  it('is refused when an asset is larger than a bundled function', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-assets-'));
    await mkdir(join(folder, 'asset.1', 'node_modules'), { recursive: true });
    await writeFile(join(folder, 'asset.1', 'index.js'), 'x'.repeat(900));
    await refuseHugeAssets(folder, 1000);
    await writeFile(join(folder, 'asset.1', 'node_modules', 'huge.js'), 'x'.repeat(900));
    await expect(refuseHugeAssets(folder, 1000)).rejects.toThrow('without bundling');
    await rm(folder, { recursive: true });
  });
});
