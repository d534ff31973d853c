import { mkdir } from 'node:fs/promises';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { guardRetrain } from '../lambdas/guard-retrain/guard-retrain.ts';
import { systemNow } from '../lib/runtime/clock.ts';
import { silentLogger } from '../lib/runtime/logger.ts';
import { listAll } from '../lib/stores/registry/registry.ts';
import { dynamoRegistry } from '../lib/stores/registry/registry-dynamo.ts';
import { skPrefix } from '../lib/stores/registry/sort-keys.ts';
import { STATE_DIR } from '../local/cloud.ts';
import { startEngine } from '../local/engine.ts';
import { freePort } from '../local/free-port.ts';
import { aDataset, applyModel } from '../test/support/a-model.ts';
import { type Report, timeCalls } from './measure.ts';

const COPIES = 1000;
const AT_ONCE = 50;
const TABLE = 'bench-guard';

/** A thousand copies of one drift signal, fifty at a time, against the local cloud's DynamoDB: one run, and how fast the rest is answered. */
export async function benchGuard(report: Report): Promise<void> {
  await mkdir(STATE_DIR, { recursive: true });
  const engine = await startEngine({ port: await freePort(), stateDir: STATE_DIR });
  try {
    Object.assign(process.env, engine.env);
    const client = await createTable();
    const registry = dynamoRegistry({ client, table: TABLE });
    const model = await applyModel(registry, { head: { champion: 1 }, datasets: [aDataset()] });
    const deps = { registry, now: systemNow, log: silentLogger };
    const ask = () => guardRetrain({ kind: 'drift', model, signal: 'window-1' }, deps);
    const { seconds } = await timeCalls(COPIES, AT_ONCE, ask);
    const runs = await listAll(registry, model, skPrefix.run);
    report({ bench: 'guard', metric: 'runs-started', value: runs.length, unit: 'runs' });
    report({ bench: 'guard', metric: 'decisions-per-s', value: COPIES / seconds, unit: 'decisions/s' });
    client.destroy();
  } finally {
    await engine.stop();
  }
}

async function createTable(): Promise<DynamoDBClient> {
  const client = new DynamoDBClient({});
  const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map(string),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  return client;
}
