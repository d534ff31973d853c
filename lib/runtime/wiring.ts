import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Endpoints } from '../stores/endpoints.ts';
import { sageMakerEndpoints } from '../stores/endpoints-sagemaker.ts';
import { type EventBus, eventBridgeBus } from '../stores/event-bus.ts';
import { type Executions, stepFunctionsExecutions } from '../stores/executions.ts';
import type { ObjectStore } from '../stores/object-store.ts';
import { s3ObjectStore } from '../stores/object-store-s3.ts';
import { type Queue, sqsQueue } from '../stores/queue.ts';
import type { Registry } from '../stores/registry.ts';
import { dynamoRegistry } from '../stores/registry-dynamo.ts';
import { eventBridgeSchedules, type Schedules } from '../stores/schedules.ts';
import { environment } from './environment.ts';

/**
 * Stores from the environment. Call these while a handler's module loads: each reads the variables it needs, so a
 * grant that was forgotten shows at cold start. Clients are made once a process and keep their connections alive.
 * A function's bundle holds only the clients of the stores it calls.
 */
export function wireRegistry(): Registry {
  const { table } = environment('table');
  return dynamoRegistry({ client: dynamo(), table });
}

export type BucketName = 'landing' | 'data' | 'artifacts' | 'audit';

export function wireObjects(bucket: BucketName): ObjectStore {
  const variable = `${bucket}Bucket` as const;
  return s3ObjectStore({ client: s3(), bucket: environment(variable)[variable] });
}

export function wireQueue(queue: 'prediction' | 'label'): Queue {
  const variable = `${queue}QueueUrl` as const;
  return sqsQueue({ client: sqs(), url: environment(variable)[variable] });
}

export function wireEndpoints(): Endpoints {
  return sageMakerEndpoints({ control: sageMaker(), runtime: sageMakerRuntime() });
}

export function wireExecutions(): Executions {
  const { stateMachineArns } = environment('stateMachineArns');
  return stepFunctionsExecutions({ client: new SFNClient(CALLS), stateMachineArns });
}

export function wireSchedules(): Schedules {
  const env = environment('scheduleGroup', 'scheduleRoleArn', 'stateMachineArns', 'functionArns');
  const monitoring = env.stateMachineArns.monitoring;
  const guard = env.functionArns['guard-retrain'];
  if (monitoring === undefined || guard === undefined)
    throw new Error('the environment is not usable: schedules need the ARNs of monitoring and guard-retrain');
  return eventBridgeSchedules({
    client: new SchedulerClient(CALLS),
    group: env.scheduleGroup,
    roleArn: env.scheduleRoleArn,
    targetArns: { monitor: monitoring, retrain: guard },
  });
}

export function wireEventBus(): EventBus {
  const { eventBus } = environment('eventBus');
  return eventBridgeBus({ client: new EventBridgeClient(CALLS), busName: eventBus });
}

/** Our functions answer within 25 s or less: a call that hangs must leave time for another try. */
const CALLS = { requestHandler: { connectionTimeout: 2000, requestTimeout: 10_000 } } as const;

/** Moving a training set may take minutes; the connection must still come up quickly. */
const TRANSFERS = { requestHandler: { connectionTimeout: 2000, requestTimeout: 120_000 } } as const;

/** The service ends an invocation after 60 s; predict has promised its answer within 25 s. */
const INVOCATIONS = {
  requestHandler: { connectionTimeout: 2000, requestTimeout: 20_000 },
  maxAttempts: 2,
} as const;

const dynamo = once(() => new DynamoDBClient(CALLS));
// Path style needs no wildcard DNS, so one setting serves every endpoint.
const s3 = once(() => new S3Client({ ...TRANSFERS, forcePathStyle: true }));
const sqs = once(() => new SQSClient(CALLS));
const sageMaker = once(() => new SageMakerClient(CALLS));
const sageMakerRuntime = once(() => new SageMakerRuntimeClient(INVOCATIONS));

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
