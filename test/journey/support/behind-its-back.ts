import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { LedgerEntry } from '../../../lib/domain/ledger.ts';
import { modelPartition, sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';

/** Somebody with the rights of the table's owner changes what a ledger entry says. */
export async function alterEntry(
  table: string,
  model: string,
  seq: number,
  change: (body: string) => string,
): Promise<void> {
  const client = new DynamoDBClient();
  const Key = marshall({ pk: modelPartition(model), sk: sk.ledger(seq) });
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key }));
  const stored = unmarshall(Item ?? {}) as { readonly item: string };
  const entry = JSON.parse(stored.item) as LedgerEntry;
  const body = change(entry.body);
  if (body === entry.body) throw new Error(`entry ${seq} must change, got ${body}`);
  const item = JSON.stringify({ ...entry, body });
  await client.send(new PutItemCommand({ TableName: table, Item: marshall({ ...stored, item }) }));
}

/** How many results of trainings and transforms a model has that a run may use again. */
export async function keptResults(table: string, model: string): Promise<number> {
  const { Count = 0 } = await new DynamoDBClient().send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: marshall({ ':pk': modelPartition(model), ':sk': skPrefix.result }),
    }),
  );
  return Count;
}
