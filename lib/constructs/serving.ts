import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV } from '../names.ts';
import { DeadLetterQueue } from './dead-letters.ts';
import type { Endpoints } from './endpoints.ts';
import { FUNCTIONS } from './function-table.ts';
import { type FunctionDefaults, PlatformFunction } from './platform-function.ts';
import type { Registry } from './registry.ts';
import type { Storage } from './storage.ts';

export interface ServingProps extends FunctionDefaults {
  readonly registry: Registry;
  readonly storage: Storage;
  readonly endpoints: Endpoints;
}

/** Predictions and labels: answered or taken at once, written to their logs through queues. */
export class Serving extends Construct {
  readonly predict: PlatformFunction;
  readonly predictions: LogQueue;
  readonly labels: LogQueue;

  constructor(scope: Construct, id: string, props: ServingProps) {
    super(scope, id);
    this.predictions = new LogQueue(this, 'Predictions', { ...props, writer: 'write-predictions' });
    // The highest event time seen closes windows.
    props.registry.grantDecide(this.predictions.write);
    this.labels = new LogQueue(this, 'Labels', { ...props, writer: 'write-labels' });
    // The days that labels came to are marked.
    props.registry.grantDecide(this.labels.write);
    this.predict = new PlatformFunction(this, 'Predict', { ...props, name: 'predict' });
    props.registry.grantRead(this.predict);
    props.endpoints.grantInvoke(this.predict);
    this.predictions.grantSend(this.predict, ENV.predictionQueueUrl);
  }
}

interface LogQueueProps extends FunctionDefaults {
  readonly storage: Storage;
  readonly writer: 'write-predictions' | 'write-labels';
}

/** A queue, the function that writes its messages to the log, and where messages end that it cannot write. */
export class LogQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;
  readonly write: PlatformFunction;

  constructor(scope: Construct, id: string, props: LogQueueProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // Six times the writer's timeout, as Lambda's documentation asks for.
      visibilityTimeout: Duration.seconds(6 * FUNCTIONS[props.writer].timeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    this.write = new PlatformFunction(this, 'Write', { ...props, name: props.writer });
    this.write.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 10 }),
    );
    props.storage.grantWrite(this.write, 'data');
  }

  grantSend(fn: PlatformFunction, environmentName: string): void {
    fn.addEnvironment(environmentName, this.queue.queueUrl);
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn]);
  }
}
