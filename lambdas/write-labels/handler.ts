import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage } from '../../lib/runtime/each-message.ts';
import { logger } from '../../lib/runtime/logger.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { writeLabels } from './write-labels.ts';

const deps = { data: wireObjects('data') };
const log = logger('write-labels');

export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachMessage(event, (message) => writeLabels(message, deps), log);
}
