import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { guardRetrain } from '../../../lambdas/guard-retrain/guard-retrain.ts';
import { silentLogger } from '../../../lib/runtime/logger.ts';
import { listAll } from '../../../lib/stores/registry/registry.ts';
import { dynamoRegistry } from '../../../lib/stores/registry/registry-dynamo.ts';
import { skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { aDataset, applyModel } from '../../support/a-model.ts';
import { theLedger } from '../../support/the-ledger.ts';
import { createTable, useCloud } from './cloud.ts';

const settings = useCloud();
let client: DynamoDBClient;

beforeAll(async () => {
  client = await createTable(settings(), 'Guard');
});

describe('guard-retrain on DynamoDB', () => {
  it('starts one run for a thousand copies of one signal, fifty at a time', async () => {
    const registry = dynamoRegistry({ client, table: 'Guard' });
    const model = await applyModel(registry, { head: { champion: 1 }, datasets: [aDataset()] });
    const ask = () =>
      guardRetrain(
        { kind: 'drift', model, signal: 'w1' },
        { registry, now: () => new Date(), log: silentLogger },
      );
    const answers: unknown[] = [];
    const caller = async () => {
      for (let i = 0; i < 20; i++) answers.push(await ask());
    };
    await Promise.all(Array.from({ length: 50 }, caller));
    expect(answers).toHaveLength(1000);
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
    expect(answers[0]).toMatchObject({ decision: 'start' });
    expect(await listAll(registry, model, skPrefix.run)).toHaveLength(1);
    expect((await theLedger(registry, model)).map((e) => e.action)).toEqual(['spec-applied', 'run-started']);
  });
});
