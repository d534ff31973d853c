import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { issueToken } from '../../../lambdas/issue-token/issue-token.ts';
import { PLATFORM } from '../../../lib/domain/ledger.ts';
import { dynamoRegistry } from '../../../lib/stores/registry/registry-dynamo.ts';
import { tokenStore } from '../../../lib/stores/registry/tokens.ts';
import { theLedger } from '../../support/the-ledger.ts';
import { createTable, useCloud } from './cloud.ts';

const settings = useCloud();
let client: DynamoDBClient;

beforeAll(async () => {
  client = await createTable(settings(), 'Tokens');
});

describe('tokens on DynamoDB', () => {
  it('are issued, listed and revoked, each an entry of the platform’s chain', async () => {
    const registry = dynamoRegistry({ client, table: 'Tokens' });
    const tokens = tokenStore(registry);
    const first = await Promise.all(
      Array.from({ length: 8 }, () =>
        issueToken({ name: 'ada', roles: [] }, { registry, now: () => new Date() }),
      ),
    );
    expect(first.filter((answer) => 'token' in answer)).toHaveLength(1);

    const at = '2999-01-01T00:00:00.000Z';
    const who = { by: 'token/ada', at };
    const { record } = await tokens.issue({ name: 'app', roles: ['caller'], models: ['churn'] }, who);
    expect(await tokens.find(record.sha256)).toEqual(record);
    expect((await tokens.list()).items.map((t) => t.name)).toEqual(['app', 'ada']);
    expect(await tokens.revoke(record.tokenId, who)).toBe(true);
    expect(await tokens.revoke(record.tokenId, who)).toBe(true);
    expect(await tokens.revoke('nobody', who)).toBe(false);
    expect((await tokens.find(record.sha256))?.revokedAt).toBe(at);
    expect((await theLedger(registry, PLATFORM)).map((e) => e.action)).toEqual([
      'token-issued',
      'token-issued',
      'token-revoked',
    ]);
  });
});
