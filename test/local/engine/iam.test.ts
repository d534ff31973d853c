import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { bootstrap } from '../../../local/deploy.ts';
import { eventually, useEngine } from '../../support/engine.ts';

const engine = useEngine(() => ({ iam: true }));

/** Puts an item and says how that went. */
const WRITER = `
const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
exports.handler = () => new DynamoDBClient({})
  .send(new PutItemCommand({ TableName: 'guarded', Item: { pk: { S: '1' } } }))
  .then(() => 'written', (error) => error.name);`;

/** Sends a batch of one message and says how that went. */
const SENDER = `
const { SQSClient, SendMessageBatchCommand } = require('@aws-sdk/client-sqs');
exports.handler = () => new SQSClient({})
  .send(new SendMessageBatchCommand({ QueueUrl: process.env.QUEUE, Entries: [{ Id: '1', MessageBody: 'x' }] }))
  .then(() => 'sent', (error) => error.name);`;

/** Makes a schedule in the group it is told, removes it, and says how that went. */
const SCHEDULER = `
const { SchedulerClient, CreateScheduleCommand, DeleteScheduleCommand } = require('@aws-sdk/client-scheduler');
exports.handler = async ({ group }) => {
  const client = new SchedulerClient({});
  const target = { Arn: 'arn:aws:sqs:us-east-1:000000000000:guarded', RoleArn: 'arn:aws:iam::000000000000:role/any' };
  try {
    await client.send(new CreateScheduleCommand({
      Name: 'tick', GroupName: group, ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: target,
    }));
    await client.send(new DeleteScheduleCommand({ Name: 'tick', GroupName: group }));
    return 'scheduled';
  } catch (error) {
    return error.name;
  }
};`;

const assume = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const role = (Statement: readonly object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: assume,
    Policies: Statement.map((one, number) => ({
      PolicyName: `p${number}`,
      PolicyDocument: { Version: '2012-10-17', Statement: [one] },
    })),
  },
});
const writer = (FunctionName: string, roleId: string) => guarded(FunctionName, roleId, WRITER);
const sender = (FunctionName: string, roleId: string) => guarded(FunctionName, roleId, SENDER);
const guarded = (FunctionName: string, roleId: string, ZipFile: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: { 'Fn::GetAtt': [roleId, 'Arn'] },
    Code: { ZipFile },
    Environment: { Variables: { QUEUE: { Ref: 'Queue' } } },
    Timeout: 10,
  },
});

const Resources = {
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'guarded',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    },
  },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'guarded' } },
  Granted: role([
    {
      Effect: 'Allow',
      Action: 'dynamodb:PutItem',
      Resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/guarded',
    },
    {
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: 'arn:aws:sqs:us-east-1:000000000000:guarded',
    },
    {
      Effect: 'Allow',
      Action: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
      Resource: 'arn:aws:scheduler:us-east-1:000000000000:schedule/guarded/*',
    },
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' },
  ]),
  Group: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'guarded' } },
  Other: role([
    {
      Effect: 'Allow',
      Action: 'dynamodb:GetItem',
      Resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/guarded',
    },
  ]),
  GrantedWriter: writer('granted', 'Granted'),
  OtherWriter: writer('other', 'Other'),
  GrantedSender: sender('granted-sender', 'Granted'),
  OtherSender: sender('other-sender', 'Other'),
  Scheduler: guarded('scheduler', 'Granted', SCHEDULER),
};

beforeAll(async () => {
  setDefaultCACertificates([
    ...getCACertificates('default'),
    readFileSync(engine().caFile as string, 'utf8'),
  ]);
  const client = new CloudFormationClient({});
  const StackName = 'guarded';
  await client.send(
    new CreateStackCommand({
      StackName,
      TemplateBody: JSON.stringify({ Resources }),
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  await eventually(async () => {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0]?.StackStatus === 'CREATE_COMPLETE' ? true : undefined;
  }, 'stack complete');
});

async function invoke(FunctionName: string, input: object = {}): Promise<string> {
  const call = new InvokeCommand({ FunctionName, Payload: JSON.stringify(input) });
  const { Payload } = await new LambdaClient({}).send(call);
  return JSON.parse(Payload?.transformToString() ?? 'null');
}

describe('the engine in IAM mode', () => {
  it('lets a function do what its role allows, and nothing else', async () => {
    expect(await invoke('granted')).toBe('written');
    expect(await invoke('other')).toBe('AccessDeniedException');
  });

  it('takes the permission to send one message for a batch of them', async () => {
    expect(await invoke('granted-sender')).toBe('sent');
    expect(await invoke('other-sender')).toMatch(/AccessDenied/);
  });

  it('knows a schedule by its group', async () => {
    expect(await invoke('scheduler', { group: 'guarded' })).toBe('scheduled');
    expect(await invoke('scheduler', { group: 'default' })).toMatch(/AccessDenied/);
  });

  it('is served over TLS with a certificate of its own authority', async () => {
    expect(engine().url).toMatch(/^https:\/\/127\.0\.0\.1:/);
    expect((await fetch(`${engine().url}/_ministack/health`)).status).toBe(200);
  });

  it('can be bootstrapped by the CDK command line', async () => {
    await expect(bootstrap(engine())).resolves.toBeUndefined();
  });
});
