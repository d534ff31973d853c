import { Duration, Stack } from 'aws-cdk-lib';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ENV, type PipelineName, UPLOAD_MANIFEST } from '../names.ts';
import type { Bus } from './bus.ts';
import { type FunctionDefaults, PlatformFunction } from './platform-function.ts';
import type { Registry } from './registry.ts';
import type { Storage } from './storage.ts';

export interface ExecutionsProps extends FunctionDefaults {
  readonly registry: Registry;
  readonly storage: Storage;
  readonly bus: Bus;
  readonly closeRun: PlatformFunction;
  readonly machines: Readonly<Record<PipelineName, StateMachine>>;
}

/** How executions begin and end: a decision or an upload starts one, an end that is no success is recorded. */
export class Executions extends Construct {
  constructor(scope: Construct, id: string, props: ExecutionsProps) {
    super(scope, id);
    const { intake, training, release, retirement } = props.machines;
    const start = new PlatformFunction(this, 'Start', {
      ...props,
      name: 'start-execution',
      onFailure: props.bus.undelivered,
    });
    const started = { intake, training, release, retirement };
    const arns = Object.fromEntries(
      Object.entries(started).map(([name, machine]) => [name, machine.stateMachineArn]),
    );
    start.addEnvironment(ENV.stateMachineArns, Stack.of(this).toJsonString(arns));
    start.allow(['states:StartExecution'], Object.values(arns));

    props.bus.on(
      'ExecutionWanted',
      ['run-started', 'run-restarted', 'release-started', 'retirement-started'],
      start,
    );
    props.bus.onService('UploadCompleted', uploadCompleted(props.storage), start);
    props.bus.onService('ExecutionEnded', endedWithoutSuccess(props.machines), props.closeRun);
    // Locks are leases: the sweep closes what ended without saying so.
    props.bus.every(Duration.minutes(5), props.closeRun, { sweep: true });
  }
}

/** Only the manifest completes an upload, so that nothing starts on half of it. */
function uploadCompleted(storage: Storage) {
  return {
    source: ['aws.s3'],
    detailType: ['Object Created'],
    detail: {
      bucket: { name: [storage.buckets.landing.bucketName] },
      object: { key: [{ suffix: `/${UPLOAD_MANIFEST}` }] },
    },
  };
}

/** Of our own machines only: the account may run others. */
function endedWithoutSuccess(machines: ExecutionsProps['machines']) {
  return {
    source: ['aws.states'],
    detailType: ['Step Functions Execution Status Change'],
    detail: {
      status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
      stateMachineArn: Object.values(machines).map((machine) => machine.stateMachineArn),
    },
  };
}
