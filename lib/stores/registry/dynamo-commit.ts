import { randomUUID } from 'node:crypto';
import {
  type DynamoDBClient,
  TransactionCanceledException,
  TransactionInProgressException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Head } from '../../domain/registry/head.ts';
import { type Commit, edgeItems, headWrite, partitionOf } from './commit.ts';
import { attributesOf, keyOf } from './dynamo-items.ts';
import { ConditionFailedError, type Write } from './registry.ts';
import { modelPartition, sk } from './sort-keys.ts';

/** DynamoDB takes at most 100 items a transaction. */
const MAX_TRANSACTION_ITEMS = 100;

/** The same request is still being worked on: asked again with its own token, so it is never done twice. */
const MAX_SENDS = 5;

/** Codes after which the same decision, made again on the newest head, may succeed. */
const RETRYABLE = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** How many edges fit beside the head, the entry and the decision's own writes; two items an edge. */
export function edgesThatFit(commit: Commit): number {
  return Math.max(0, Math.floor((MAX_TRANSACTION_ITEMS - 1 - 2 - commit.writes.length) / 2));
}

/** Writes all of the commit or nothing; `overtaken` when the head has moved or another transaction holds an item. */
export async function transact(
  client: DynamoDBClient,
  table: string,
  model: string,
  before: Head | undefined,
  commit: Commit,
): Promise<'committed' | 'overtaken'> {
  const items = transactionItems(table, model, before, commit);
  const command = new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: randomUUID() });
  for (let send = 1; ; send++) {
    try {
      await client.send(command);
      return 'committed';
    } catch (error) {
      if (error instanceof TransactionInProgressException && send < MAX_SENDS) continue;
      if (!(error instanceof TransactionCanceledException)) throw error;
      return judge(error, commit);
    }
  }
}

function transactionItems(
  table: string,
  model: string,
  before: Head | undefined,
  commit: Commit,
): TransactWriteItem[] {
  const pk = modelPartition(model);
  const head = {
    Put: {
      TableName: table,
      Item: attributesOf(pk, headWrite(commit.head)),
      ...(before === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'seq = :seq',
            ExpressionAttributeValues: { ':seq': { N: String(before.ledger.seq) } },
          }),
    },
  };
  const entry = writeItem(table, pk, {
    sk: sk.ledger(commit.entry.seq),
    item: commit.entry,
    condition: 'absent',
  });
  const writes = commit.writes.map((w) => writeItem(table, partitionOf(model, w), w));
  const edges = commit.edges
    .slice(0, edgesThatFit(commit))
    .flatMap(edgeItems)
    .map((e) => writeItem(table, e.pk, e));
  return [head, entry, ...writes, ...edges];
}

function writeItem(table: string, pk: string, write: Write): TransactWriteItem {
  const condition = write.condition && {
    ConditionExpression: write.condition === 'absent' ? 'attribute_not_exists(pk)' : 'attribute_exists(pk)',
  };
  if (write.remove) return { Delete: { TableName: table, Key: keyOf(pk, write.sk), ...condition } };
  return { Put: { TableName: table, Item: attributesOf(pk, write), ...condition } };
}

/** Reasons come in the order of the items: head, entry, writes, edges. */
function judge(error: TransactionCanceledException, commit: Commit): 'overtaken' {
  const codes = (error.CancellationReasons ?? []).map((r) => r.Code ?? 'None');
  if (codes[0] === 'ConditionalCheckFailed') return 'overtaken';
  if (codes.some((code) => RETRYABLE.has(code))) return 'overtaken';
  const failed = codes.indexOf('ConditionalCheckFailed');
  // The head says this sequence is free, so whoever wrote the entry did not go through a decision.
  if (failed === 1)
    throw new Error(`ledger entry ${commit.entry.seq} of ${commit.entry.model} exists beyond its head`);
  const write = commit.writes[failed - 2];
  if (write?.condition !== undefined) throw new ConditionFailedError(write.sk, write.condition);
  throw error;
}
