import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { useEngine } from '../../../support/engine.ts';

useEngine();

const TableName = 'ledger';
let client: DynamoDBClient;

const put = (pk: string, sk: string, more: Partial<NonNullable<TransactWriteItem['Put']>> = {}) => ({
  Put: { TableName, Item: { pk: { S: pk }, sk: { S: sk } }, ...more },
});
const onlyIfNew = { ConditionExpression: 'attribute_not_exists(pk)' };
const write = (TransactItems: TransactWriteItem[], ClientRequestToken?: string) =>
  client.send(
    new TransactWriteItemsCommand({ TransactItems, ...(ClientRequestToken && { ClientRequestToken }) }),
  );
const read = async (pk: string, sk: string) =>
  (
    await client.send(
      new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
    )
  ).Item;
const reasons = async (attempt: Promise<unknown>) =>
  attempt.then(
    () => ['accepted'],
    (error: TransactionCanceledException) => {
      expect(error.name).toBe('TransactionCanceledException');
      return error.CancellationReasons?.map((one) => one.Code);
    },
  );

beforeAll(async () => {
  client = new DynamoDBClient({ maxAttempts: 1 });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
});

describe('a transaction', () => {
  it('has exactly one winner among 50 that want the same head', async () => {
    await client.send(
      new PutItemCommand({ TableName, Item: { pk: { S: 'm' }, sk: { S: 'HEAD' }, seq: { N: '0' } } }),
    );
    const attempts = Array.from({ length: 50 }, (_, number) =>
      write([
        {
          Update: {
            TableName,
            Key: { pk: { S: 'm' }, sk: { S: 'HEAD' } },
            UpdateExpression: 'SET seq = :next, winner = :me',
            ConditionExpression: 'seq = :seen',
            ExpressionAttributeValues: {
              ':next': { N: '1' },
              ':seen': { N: '0' },
              ':me': { N: String(number) },
            },
          },
        },
        put('m', 'LEDGER#1', {
          ...onlyIfNew,
          Item: { pk: { S: 'm' }, sk: { S: 'LEDGER#1' }, by: { N: String(number) } },
        }),
      ]).then(
        () => number,
        (error) => {
          expect(error.name).toBe('TransactionCanceledException');
          return undefined;
        },
      ),
    );
    const winners = (await Promise.all(attempts)).filter((one) => one !== undefined);
    expect(winners).toHaveLength(1);
    expect((await read('m', 'HEAD'))?.winner?.N).toBe(String(winners[0]));
    expect((await read('m', 'LEDGER#1'))?.by?.N).toBe(String(winners[0]));
  });

  it('names the reason of each item in order, and writes nothing', async () => {
    await write([put('r', 'old')]);
    const attempt = write([put('r', 'a'), put('r', 'old', onlyIfNew), put('r', 'b')]);
    expect(await reasons(attempt)).toEqual(['None', 'ConditionalCheckFailed', 'None']);
    expect(await read('r', 'a')).toBeUndefined();
    expect(await read('r', 'b')).toBeUndefined();
  });

  it('returns the item that failed the condition when asked to', async () => {
    await write([put('v', 'old')]);
    const attempt = write([
      put('v', 'old', { ...onlyIfNew, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    ]);
    const error = await attempt.catch((caught: TransactionCanceledException) => caught);
    expect((error as TransactionCanceledException).CancellationReasons?.[0]?.Item?.sk?.S).toBe('old');
  });

  it('applies a client request token once', async () => {
    const add: TransactWriteItem = {
      Update: {
        TableName,
        Key: { pk: { S: 't' }, sk: { S: 'counter' } },
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      },
    };
    await write([add], 'token-1');
    await write([add], 'token-1');
    expect((await read('t', 'counter'))?.n?.N).toBe('1');
    await write([add], 'token-2');
    expect((await read('t', 'counter'))?.n?.N).toBe('2');
  });

  it('refuses a client request token that comes with other parameters', async () => {
    await write([put('x', 'one')], 'token-3');
    await expect(write([put('x', 'two')], 'token-3')).rejects.toThrow(
      expect.objectContaining({ name: 'IdempotentParameterMismatchException' }),
    );
    expect(await read('x', 'two')).toBeUndefined();
  });

  it('takes 100 items and refuses 101', async () => {
    const items = Array.from({ length: 101 }, (_, number) => put('many', String(number)));
    await write(items.slice(0, 100));
    const { Count } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': { S: 'many' } },
        ConsistentRead: true,
      }),
    );
    expect(Count).toBe(100);
    await expect(write(items)).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }));
  });

  it('refuses two actions on one item', async () => {
    await expect(write([put('d', 'same'), put('d', 'same')])).rejects.toThrow(
      expect.objectContaining({ name: 'ValidationException' }),
    );
  });

  it('checks a condition on an item that it does not write', async () => {
    const check: TransactWriteItem = {
      ConditionCheck: {
        TableName,
        Key: { pk: { S: 'c' }, sk: { S: 'absent' } },
        ConditionExpression: 'attribute_exists(pk)',
      },
    };
    expect(await reasons(write([check, put('c', 'new')]))).toEqual(['ConditionalCheckFailed', 'None']);
    expect(await read('c', 'new')).toBeUndefined();
  });
});

describe('a conditional update', () => {
  it('lets one of 50 concurrent callers through', async () => {
    const attempts = Array.from({ length: 50 }, () =>
      client
        .send(
          new UpdateItemCommand({
            TableName,
            Key: { pk: { S: 'lock' }, sk: { S: 'HEAD' } },
            UpdateExpression: 'SET holder = :h',
            ConditionExpression: 'attribute_not_exists(holder)',
            ExpressionAttributeValues: { ':h': { S: 'x' } },
          }),
        )
        .then(
          () => 'held',
          (error) => error.name,
        ),
    );
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter((one) => one === 'held')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'ConditionalCheckFailedException')).toHaveLength(49);
  });
});
