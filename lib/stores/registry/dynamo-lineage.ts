import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  paginateQuery,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { UnavailableError } from '../../domain/errors.ts';
import type { LineageNode } from '../../domain/ledger.ts';
import { type LineageEdge, nodeKey } from '../../domain/lineage.ts';
import { backoff } from '../backoff.ts';
import { edgeItems } from './commit.ts';
import { attributesOf } from './dynamo-items.ts';
import { nounOf } from './stream-item.ts';

const BATCH = 25;
const MAX_ATTEMPTS = 8;

/** Idempotent: an edge is its two nodes. */
export async function putEdges(
  client: DynamoDBClient,
  table: string,
  edges: readonly LineageEdge[],
): Promise<void> {
  const requests = edges
    .flatMap(edgeItems)
    .map((e): WriteRequest => ({ PutRequest: { Item: attributesOf(e.pk, e) } }));
  for (let i = 0; i < requests.length; i += BATCH)
    await putBatch(client, table, requests.slice(i, i + BATCH));
}

async function putBatch(client: DynamoDBClient, table: string, requests: WriteRequest[]): Promise<void> {
  let left = requests;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: left } }));
    left = answer.UnprocessedItems?.[table] ?? [];
    if (left.length === 0) return;
    await backoff(attempt);
  }
  throw new UnavailableError(
    `the table must take ${requests.length} lineage items, ${left.length} were left`,
  );
}

export async function edgesAt(
  client: DynamoDBClient,
  table: string,
  node: LineageNode,
  direction: 'in' | 'out',
): Promise<readonly LineageEdge[]> {
  const edges: LineageEdge[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: {
        ':pk': { S: `NODE#${nodeKey(node)}` },
        ':prefix': { S: direction === 'in' ? 'IN#' : 'OUT#' },
      },
    },
  );
  for await (const page of pages) edges.push(...(page.Items ?? []).map((item) => nounOf<LineageEdge>(item)));
  return edges;
}
