import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateTrainingJobCommand, DeleteEndpointCommand } from '@aws-sdk/client-sagemaker';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, startCloud, until } from './cloud.ts';
import { deploy } from './hosting.ts';
import { aScriptJob, ended } from './jobs.ts';
import { aTuningJob, ECHO, putScript, tune } from './tuning.ts';

type Event = {
  readonly 'detail-type': string;
  readonly source: string;
  readonly resources: string[];
  readonly detail: Record<string, unknown>;
};

let cloud: Cloud;
let queueUrl: string;
let sqs: SQSClient;
const received: Event[] = [];

beforeAll(async () => {
  cloud = await startCloud();
  const config = {
    endpoint: cloud.engine.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  sqs = new SQSClient(config);
  const events = new EventBridgeClient(config);
  ({ QueueUrl: queueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'sagemaker-events' })));
  await events.send(
    new PutRuleCommand({ Name: 'sagemaker', EventPattern: JSON.stringify({ source: ['aws.sagemaker'] }) }),
  );
  const Arn = 'arn:aws:sqs:us-east-1:000000000000:sagemaker-events';
  await events.send(new PutTargetsCommand({ Rule: 'sagemaker', Targets: [{ Id: 'queue', Arn }] }));
});
afterAll(() => cloud?.stop());

const receive = async () => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
  );
  received.push(...Messages.map(({ Body = '' }) => JSON.parse(Body)));
  if (Messages.length === 0) return received;
  const Entries = Messages.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  return received;
};

const about = (arn: string) => received.filter(({ resources }) => resources[0] === arn);

describe('the events of the twin', () => {
  it('tell of a training job’s end, with its tags and reason', async () => {
    await cloud.put('told/train.py', 'import sys; sys.exit(7)');
    const arn = 'arn:aws:sagemaker:us-east-1:000000000000:training-job/told';
    await cloud.control.send(
      new CreateTrainingJobCommand(aScriptJob('told', { Tags: [{ Key: 'run', Value: 'r1' }] })),
    );
    await ended(cloud, 'told');
    await until(receive, () => about(arn).some(({ detail }) => detail.TrainingJobStatus === 'Failed'));
    const last = about(arn).find(({ detail }) => detail.TrainingJobStatus === 'Failed');
    expect(last).toMatchObject({
      source: 'aws.sagemaker',
      'detail-type': 'SageMaker Training Job State Change',
      detail: {
        TrainingJobName: 'told',
        SecondaryStatus: 'Failed',
        FailureReason: 'AlgorithmError: , exit code: 7',
        Tags: { run: 'r1' },
      },
    });
    expect(new Date(Number(last?.detail.TrainingEndTime)).getUTCFullYear()).toBe(new Date().getUTCFullYear());
  });

  it('tell of an endpoint in capitals', async () => {
    await deploy(cloud, 'told', 'def model_fn(folder): return None');
    await cloud.control.send(new DeleteEndpointCommand({ EndpointName: 'told' }));
    const arn = 'arn:aws:sagemaker:us-east-1:000000000000:endpoint/told';
    await until(receive, () => about(arn).length === 3);
    expect(
      about(arn)
        .map(({ detail }) => detail.EndpointStatus)
        .sort(),
    ).toEqual(['CREATING', 'DELETING', 'IN_SERVICE']);
    expect(about(arn)[0]?.['detail-type']).toBe('SageMaker Endpoint State Change');
  });

  it('tell of a tuning job’s beginning and end, with its counters and tags', async () => {
    const job = aTuningJob('told', await putScript(cloud, 'told-tuning', ECHO), ['1', '2']);
    const { HyperParameterTuningJobArn: arn = '' } = await tune(cloud, {
      ...job,
      Tags: [{ Key: 'run', Value: 'r2' }],
    });
    expect(arn).toBe('arn:aws:sagemaker:us-east-1:000000000000:hyper-parameter-tuning-job/told');
    await until(receive, () => about(arn).length === 2);
    const byStatus = new Map(
      about(arn).map((event) => [event.detail.HyperParameterTuningJobStatus, event] as const),
    );
    expect([...byStatus.keys()].sort()).toEqual(['Completed', 'InProgress']);
    expect(byStatus.get('Completed')).toMatchObject({
      'detail-type': 'SageMaker HyperParameter Tuning Job State Change',
      detail: {
        HyperParameterTuningJobName: 'told',
        TrainingJobStatusCounters: { Completed: 2 },
        ObjectiveStatusCounters: { Succeeded: 2 },
        Tags: { run: 'r2' },
      },
    });
  });
});
