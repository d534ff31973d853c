import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { dynamoRegistry } from '../../../lib/stores/registry/registry-dynamo.ts';
import { modelPartition, sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { lineageContract } from '../../stores/registry/lineage.contract.ts';
import { aModel, anEntry, registryContract } from '../../stores/registry/registry.contract.ts';
import { createTable, useCloud } from './cloud.ts';

const TABLE = 'Registry';
const settings = useCloud();
let client: DynamoDBClient;

beforeAll(async () => {
  client = await createTable(settings(), TABLE);
});

const open = () => dynamoRegistry({ client, table: TABLE });

registryContract('the registry on DynamoDB', open);
lineageContract('the registry on DynamoDB', open);

describe('the registry on DynamoDB', () => {
  it('refuses to go on over an entry that no decision wrote', async () => {
    const registry = open();
    const model = aModel();
    await registry.decide(model, () => ({ answer: 0, entry: anEntry() }));
    const forged = { pk: { S: modelPartition(model) }, sk: { S: sk.ledger(2) }, item: { S: '{}' } };
    await client.send(new PutItemCommand({ TableName: TABLE, Item: forged }));
    const decided = registry.decide(model, () => ({ answer: 0, entry: anEntry() }));
    await expect(decided).rejects.toThrow(`ledger entry 2 of ${model} exists beyond its head`);
  });

  it('refuses a cursor of its caller’s own making', async () => {
    const listed = open().list('m', 'RUN#', { cursor: 'bm9uc2Vuc2U' });
    await expect(listed).rejects.toMatchObject({ name: 'InvalidInputError', details: [{ path: 'cursor' }] });
  });

  it('refuses the cursor of another range', async () => {
    const registry = open();
    const model = aModel();
    for (const n of [1, 2, 3]) await registry.put(model, sk.version(n), { n });
    const { cursor = '' } = await registry.list(model, skPrefix.version, { limit: 1 });
    const listed = registry.list(model, skPrefix.run, { cursor });
    await expect(listed).rejects.toMatchObject({ name: 'InvalidInputError', details: [{ path: 'cursor' }] });
  });
});
