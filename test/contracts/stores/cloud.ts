import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { useEngine } from '../../support/engine.ts';

export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A local cloud for the tests of one file; answers the settings of its clients once it is up. */
export function useCloud(): () => ClientSettings {
  const engine = useEngine();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return () => ({ endpoint: engine().url, region: 'us-east-1', credentials });
}

/** The registry's table as the state stack makes it. */
export async function createTable(settings: ClientSettings, table: string): Promise<DynamoDBClient> {
  const client = new DynamoDBClient(settings);
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'kind', 'sortedAt'].map((name) => ({
        AttributeName: name,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byKind',
          KeySchema: [
            { AttributeName: 'kind', KeyType: 'HASH' },
            { AttributeName: 'sortedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  return client;
}
