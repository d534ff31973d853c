import { CreateTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { deployFunctions, useEngine } from '../../../support/engine.ts';
import { ECHO } from '../fixture-functions.ts';
import { catching, createMachine, jsonata, pass, ROLE, run, single } from './machine.ts';

useEngine();

const TableName = 'things';
const Bucket = 'objects';
let QueueUrl: string;
let echo: string;
let machine: string;

const sdk = (action: string, parameters: unknown, prefix = 'aws-sdk:') =>
  run(single({ Type: 'Task', Resource: `arn:aws:states:::${prefix}${action}`, Parameters: parameters }));
const key = (pk: string) => ({ pk: { S: pk } });

beforeAll(async () => {
  await new DynamoDBClient({}).send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  const s3 = new S3Client({});
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'in.json', Body: '[1,2,3]' }));
  QueueUrl = (await new SQSClient({}).send(new CreateQueueCommand({ QueueName: 'q' }))).QueueUrl as string;
  echo = (await deployFunctions({ Echo: ECHO })).Echo as string;
  machine = await createMachine(single(pass()));
});

describe.concurrent('dynamodb', () => {
  it('catches a failed condition by its name', async () => {
    const put = (more: object) => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::dynamodb:putItem',
      Parameters: { TableName, Item: key('1'), ...more },
    });
    const outcome = await run({
      StartAt: 'A',
      States: {
        A: { ...put({}), ResultPath: null, Next: 'B' },
        B: {
          ...put({ ConditionExpression: 'attribute_not_exists(pk)' }),
          ...catching('DynamoDB.ConditionalCheckFailedException'),
          End: true,
        },
        C: pass(),
      },
    });
    expect(outcome.output.caught.Error).toBe('DynamoDB.ConditionalCheckFailedException');
  });

  it('writes in a transaction and queries', async () => {
    const TransactItems = [{ Put: { TableName, Item: key('tx') } }];
    expect((await sdk('dynamodb:transactWriteItems', { TransactItems })).status).toBe('SUCCEEDED');
    const outcome = await sdk('dynamodb:query', {
      TableName,
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: 'tx' } },
    });
    expect(outcome.output).toMatchObject({ Count: 1, Items: [key('tx')] });
  });

  it.each(['', 'aws-sdk:'])('updates an item with %sdynamodb:updateItem', async (prefix) => {
    const Key = key(`updated ${prefix}`);
    const update = { UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': { N: '1' } } };
    expect((await sdk('dynamodb:updateItem', { TableName, Key, ...update }, prefix)).status).toBe(
      'SUCCEEDED',
    );
    const { Item } = await new DynamoDBClient({}).send(new GetItemCommand({ TableName, Key }));
    expect(Item?.a).toEqual({ N: '1' });
  });
});

describe.concurrent('s3', () => {
  it('puts an object, as JSON when the body is an object', async () => {
    expect((await sdk('s3:putObject', { Bucket, Key: 'o.json', Body: { x: 1 } })).status).toBe('SUCCEEDED');
    const { Body } = await new S3Client({}).send(new GetObjectCommand({ Bucket, Key: 'o.json' }));
    expect(await Body?.transformToString()).toBe('{"x":1}');
  });

  it('refuses to put an object a second time when asked to', async () => {
    const put = () => sdk('s3:putObject', { Bucket, Key: 'once.json', Body: '1', IfNoneMatch: '*' });
    expect((await put()).status).toBe('SUCCEEDED');
    expect((await put()).error).toBe('S3.S3Exception');
  });

  it('gets, lists, looks at, copies and deletes', async () => {
    expect((await sdk('s3:getObject', { Bucket, Key: 'in.json' })).output.Body).toBe('[1,2,3]');
    expect((await sdk('s3:getObject', { Bucket, Key: 'nope' })).error).toBe('S3.NoSuchKeyException');
    expect((await sdk('s3:headObject', { Bucket, Key: 'in.json' })).output.ContentLength).toBe(7);
    const CopySource = `${Bucket}/in.json`;
    expect((await sdk('s3:copyObject', { Bucket, Key: 'copies/1', CopySource })).status).toBe('SUCCEEDED');
    const list = () => sdk('s3:listObjectsV2', { Bucket, Prefix: 'copies/' });
    expect((await list()).output.Contents).toMatchObject([{ Key: 'copies/1' }]);
    expect((await sdk('s3:deleteObject', { Bucket, Key: 'copies/1' })).status).toBe('SUCCEEDED');
    expect((await list()).output.Contents ?? []).toEqual([]);
  });
});

describe.concurrent('other services', () => {
  it('invokes a function through the SDK', async () => {
    const outcome = await sdk('lambda:invoke', { FunctionName: echo, Payload: { a: 1 } });
    expect(outcome.output.Payload.event).toEqual({ a: 1 });
  });

  it('creates a schedule and deletes it', async () => {
    const Name = 'nightly';
    const schedule = { ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: { Mode: 'OFF' } };
    const created = await sdk('scheduler:createSchedule', {
      Name,
      ...schedule,
      Target: { Arn: machine, RoleArn: ROLE },
    });
    expect(created.status).toBe('SUCCEEDED');
    const read = () => new SchedulerClient({}).send(new GetScheduleCommand({ Name }));
    expect((await read()).ScheduleExpression).toBe('rate(1 hour)');
    expect((await sdk('scheduler:deleteSchedule', { Name })).status).toBe('SUCCEEDED');
    await expect(read()).rejects.toThrow(expect.objectContaining({ name: 'ResourceNotFoundException' }));
    expect((await sdk('scheduler:deleteSchedule', { Name })).error).toBe(
      'Scheduler.ResourceNotFoundException',
    );
  });

  it('sends a message', async () => {
    expect((await sdk('sqs:sendMessage', { QueueUrl, MessageBody: 'x' })).status).toBe('SUCCEEDED');
    const { Messages } = await new SQSClient({}).send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }),
    );
    expect(Messages?.[0]?.Body).toBe('x');
  });

  it('lists executions', async () => {
    expect((await sdk('sfn:listExecutions', { StateMachineArn: machine })).output.Executions).toEqual([]);
  });

  it.each(['events', 'aws-sdk:eventbridge'])('puts events with %s', async (service) => {
    const Entries = [{ Source: 'a', DetailType: 'b', Detail: service === 'events' ? { c: 1 } : '{}' }];
    expect((await sdk(`${service}:putEvents`, { Entries }, '')).output.FailedEntryCount).toBe(0);
  });

  it('puts a metric', async () => {
    const MetricData = [{ MetricName: 'm', Value: 1 }];
    expect((await sdk('cloudwatch:putMetricData', { Namespace: 'X', MetricData })).status).toBe('SUCCEEDED');
  });

  it('names the service in the error of a topic that is not there', async () => {
    const TopicArn = 'arn:aws:sns:us-east-1:000000000000:nope';
    expect((await sdk('sns:publish', { TopicArn, Message: 'x' })).error).toMatch(/^Sns\./);
  });

  it('passes computed Arguments in JSONata', async () => {
    const outcome = await run(
      jsonata({
        A: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
          Arguments: { Bucket, Key: "{% $states.input.name & '.json' %}" },
          Output: '{% $parse($states.result.Body) %}',
          End: true,
        },
      }),
      { name: 'in' },
    );
    expect(outcome.output).toEqual([1, 2, 3]);
  });

  it.each(['batch:submitJob.sync', 'http:invoke', 'glue:startJobRun.sync'])(
    'refuses %s loudly',
    async (action) => {
      expect((await sdk(action, {}, '')).status).toBe('FAILED');
    },
  );
});
