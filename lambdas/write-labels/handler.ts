import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { systemNow } from '../../lib/runtime/clock.ts';
import { eachMessage } from '../../lib/runtime/each-message.ts';
import { logger } from '../../lib/runtime/logger.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { writeLabels } from './write-labels.ts';

const deps = { data: wireObjects('data'), registry: wireRegistry(), now: systemNow };
const log = logger('write-labels');

export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachMessage(event, (message) => writeLabels(message, deps), log);
}
