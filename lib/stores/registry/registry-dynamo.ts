import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { UnavailableError } from '../../domain/errors.ts';
import { distinct } from '../../domain/lineage.ts';
import type { Head } from '../../domain/registry/head.ts';
import { backoff } from '../backoff.ts';
import { commitOf } from './commit.ts';
import { edgesThatFit, transact } from './dynamo-commit.ts';
import {
  type Attributes,
  attributesOf,
  BY_KIND,
  cursorOf,
  foreignCursor,
  keyOf,
  readCursor,
} from './dynamo-items.ts';
import { edgesAt, putEdges } from './dynamo-lineage.ts';
import { walkLineage } from './lineage-walk.ts';
import type { KeyRange, Page, PageRequest, Registry } from './registry.ts';
import { keysOf, modelPartition, sk } from './sort-keys.ts';
import { nounOf } from './stream-item.ts';

export interface DynamoRegistryOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/**
 * Each round of a crowd lets one decision through, so the bound is on the crowd: a hundred deciders of one model at
 * the same moment, which is more than the platform's functions may run at once.
 */
const MAX_ATTEMPTS = 100;

const DEFAULT_PAGE = 100;

export function dynamoRegistry({ client, table }: DynamoRegistryOptions): Registry {
  const getAt: Registry['getAt'] = async (key) => {
    const found = await client.send(
      new GetItemCommand({ TableName: table, Key: keyOf(key.pk, key.sk), ConsistentRead: true }),
    );
    return found.Item && nounOf(found.Item);
  };
  const get: Registry['get'] = (model, key) => getAt({ pk: modelPartition(model), sk: key });
  const head: Registry['head'] = (model) => get<Head>(model, sk.head);

  return {
    head,
    get,
    getAt,
    list: (model, prefix, page) => listPrefix(client, table, modelPartition(model), prefix, page),
    byKind: (kind, page) => listKind(client, table, kind, page),
    async decide(model, decide) {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        const before = await head(model);
        const decision = await decide(before);
        if (decision.entry === undefined) return decision.answer;
        const commit = commitOf(model, before, { ...decision, entry: decision.entry });
        // What does not fit is written before, without naming the entry: content only, so harmless if no entry comes.
        const unfit = commit.edges.slice(edgesThatFit(commit)).map(({ from, to }) => ({ from, to }));
        await putEdges(client, table, [...commit.links, ...unfit]);
        if ((await transact(client, table, model, before, commit)) === 'committed') return decision.answer;
        await backoff(attempt);
      }
      throw new UnavailableError(
        `model ${model} must let a decision through, was busy ${MAX_ATTEMPTS} times`,
      );
    },
    putOnce: (model, key, item) =>
      putIf(
        client,
        table,
        attributesOf(modelPartition(model), { sk: key, item }),
        'attribute_not_exists(pk)',
      ),
    async put(model, key, item) {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: attributesOf(modelPartition(model), { sk: key, item }),
        }),
      );
    },
    raise: (model, key, field, value, beside) =>
      raise(client, table, { pk: modelPartition(model), sk: key }, field, value, beside),
    link: (inputs, output) =>
      putEdges(
        client,
        table,
        distinct(inputs).map((from) => ({ from, to: output })),
      ),
    lineage: (node, direction, depth) =>
      walkLineage(node, direction, depth, (at) => edgesAt(client, table, at, direction)),
  };
}

async function putIf(
  client: DynamoDBClient,
  table: string,
  item: Attributes,
  condition: string,
  values?: Attributes,
): Promise<boolean> {
  try {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: item,
        ConditionExpression: condition,
        ...(values && { ExpressionAttributeNames: { '#item': 'item' }, ExpressionAttributeValues: values }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Optimistic on the whole text of the item: whoever changed it in between makes us look again. */
async function raise(
  client: DynamoDBClient,
  table: string,
  key: { readonly pk: string; readonly sk: string },
  field: string,
  value: string,
  beside?: Readonly<Record<string, string>>,
): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const found = await client.send(
      new GetItemCommand({ TableName: table, Key: keyOf(key.pk, key.sk), ConsistentRead: true }),
    );
    const item = found.Item ? nounOf<Record<string, string>>(found.Item) : {};
    if ((item[field] ?? '') >= value) return;
    const raised = attributesOf(key.pk, { sk: key.sk, item: { ...item, [field]: value, ...beside } });
    const text = found.Item?.item;
    const written = text
      ? await putIf(client, table, raised, '#item = :item', { ':item': text })
      : await putIf(client, table, raised, 'attribute_not_exists(pk)');
    if (written) return;
    await backoff(attempt);
  }
  throw new UnavailableError(`item ${key.sk} must let ${field} be raised, was busy ${MAX_ATTEMPTS} times`);
}

async function listPrefix<T>(
  client: DynamoDBClient,
  table: string,
  pk: string,
  prefix: string,
  page: PageRequest & KeyRange = {},
): Promise<Page<T>> {
  const [first, last] = keysOf(prefix, page);
  if (first > last) return { items: [] };
  const after = page.cursor === undefined ? undefined : readCursor(page.cursor).sk;
  if (after !== undefined && (after < first || after > last)) throw foreignCursor();
  return queryPage(client, page, {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':pk': { S: pk }, ':first': { S: first }, ':last': { S: last } },
    ...(after !== undefined && { ExclusiveStartKey: keyOf(pk, after) }),
  });
}

async function listKind<T>(
  client: DynamoDBClient,
  table: string,
  kind: string,
  page: PageRequest = {},
): Promise<Page<T>> {
  const from = page.cursor === undefined ? undefined : readCursor(page.cursor);
  return queryPage(client, page, {
    TableName: table,
    IndexName: BY_KIND,
    KeyConditionExpression: 'kind = :kind',
    ExpressionAttributeValues: { ':kind': { S: kind } },
    ...(from && {
      ExclusiveStartKey: { ...keyOf(from.pk, from.sk), kind: { S: kind }, sortedAt: { S: from.sortedAt } },
    }),
  });
}

/** One more than asked for, so that the last page knows that it is the last. */
async function queryPage<T>(
  client: DynamoDBClient,
  page: PageRequest,
  query: QueryCommandInput,
): Promise<Page<T>> {
  const limit = page.limit ?? DEFAULT_PAGE;
  const found = await client.send(
    new QueryCommand({ ...query, Limit: limit + 1, ScanIndexForward: page.newestFirst !== true }),
  );
  const rows = found.Items ?? [];
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit || found.LastEvaluatedKey !== undefined;
  return { items: shown.map((row) => nounOf<T>(row)), ...(more && last && { cursor: cursorOf(last) }) };
}
