import { describe, expect, it } from 'vitest';
import { issueToken, issueTokenInput } from '../../../lambdas/issue-token/issue-token.ts';
import { PLATFORM } from '../../../lib/domain/ledger.ts';
import { tokenHash } from '../../../lib/domain/tokens.ts';
import type { Registry } from '../../../lib/stores/registry/registry.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { tokenStore } from '../../../lib/stores/registry/tokens.ts';
import { theLedger } from '../../support/the-ledger.ts';

const AT = '2026-11-24T12:00:00.000Z';
const issue = (registry: Registry, input: object = { name: 'ada' }) =>
  issueToken(issueTokenInput.parse(input), { registry, now: () => new Date(AT) });

async function issued(registry: Registry) {
  const answer = await issue(registry);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
}

describe('issue-token', () => {
  it('answers an admin’s token once and keeps its hash only', async () => {
    const registry = memoryRegistry();
    const { token, tokenId } = await issued(registry);
    const record = await tokenStore(registry).find(tokenHash(token));
    expect(record).toMatchObject({ tokenId, name: 'ada', roles: ['admin'], models: ['*'] });
    const kept = JSON.stringify([record, await theLedger(registry, PLATFORM)]);
    expect(kept).not.toContain(token);
    expect(kept).toContain('token-issued');
  });

  it('adds the roles that are asked for and refuses unknown ones', async () => {
    const registry = memoryRegistry();
    const answer = await issue(registry, { name: 'ada', roles: ['caller'] });
    if ('refused' in answer) throw new Error(answer.refused);
    expect((await tokenStore(registry).find(tokenHash(answer.token)))?.roles).toEqual(['admin', 'caller']);
    expect(issueTokenInput.safeParse({ name: 'x', roles: ['root'] }).success).toBe(false);
    expect(issueTokenInput.safeParse({ name: ' ' }).success).toBe(false);
  });

  it('lets one of many first calls win', async () => {
    const registry = memoryRegistry();
    const answers = await Promise.all([1, 2, 3, 4].map(() => issue(registry)));
    expect(answers.filter((a) => 'token' in a)).toHaveLength(1);
  });

  it('refuses while any admin’s token is good and opens again when none is', async () => {
    const registry = memoryRegistry();
    const tokens = tokenStore(registry);
    const who = { by: 'token/first', at: AT };
    const first = await issued(registry);
    const second = await tokens.issue({ name: 'bob', roles: ['admin'], models: ['*'] }, who);
    expect(await issue(registry)).toHaveProperty('refused');
    await tokens.revoke(first.tokenId, who);
    expect(await issue(registry)).toHaveProperty('refused');
    await tokens.revoke(second.record.tokenId, who);
    expect(await issue(registry)).toHaveProperty('token');
  });
});
