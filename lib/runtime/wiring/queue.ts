import { SQSClient } from '@aws-sdk/client-sqs';
import { type Queue, sqsQueue } from '../../stores/queue.ts';
import { environment } from '../environment.ts';
import { CALLS } from './calls.ts';

export function wireQueue(queue: 'prediction' | 'label'): Queue {
  const variable = `${queue}QueueUrl` as const;
  return sqsQueue({ client: new SQSClient(CALLS), url: environment(variable)[variable] });
}
