import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Registry } from '../../stores/registry/registry.ts';
import { dynamoRegistry } from '../../stores/registry/registry-dynamo.ts';
import { environment } from '../environment.ts';
import { CALLS } from './calls.ts';

/**
 * A store from the environment. Call these while a handler's module loads: each reads the variables it needs, so a
 * grant that was forgotten shows at cold start; its client is made once and keeps its connections alive. One file a
 * store, so that a function loads only the clients it calls.
 */
export function wireRegistry(): Registry {
  const { table } = environment('table');
  return dynamoRegistry({ client: new DynamoDBClient(CALLS), table });
}
