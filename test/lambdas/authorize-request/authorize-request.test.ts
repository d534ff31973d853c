import { describe, expect, it } from 'vitest';
import { authorizeRequest } from '../../../lambdas/authorize-request/authorize-request.ts';
import { logger } from '../../../lib/runtime/logger.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { tokenStore } from '../../../lib/stores/registry/tokens.ts';

const AT = '2026-11-24T12:00:00.000Z';
const who = { by: 'token/admin', at: AT };

async function setUp(expiresAt?: string) {
  const tokens = tokenStore(memoryRegistry());
  const wanted = {
    name: 'app',
    roles: ['caller'],
    models: ['churn'],
    ...(expiresAt && { expiresAt }),
  } as const;
  const { token, record } = await tokens.issue(wanted, who);
  const lines: string[] = [];
  const log = logger('authorize-request', {}, (line) => lines.push(line));
  const authorize = (authorization?: string) =>
    authorizeRequest({ headers: { authorization } }, { tokens, now: () => new Date(AT), log });
  return { tokens, token, record, lines, authorize };
}

describe('authorize-request', () => {
  it('says who a good token names and logs its id, not the token', async () => {
    const { token, record, lines, authorize } = await setUp();
    const principal = { tokenId: record.tokenId, name: 'app', roles: ['caller'], models: ['churn'] };
    expect(await authorize(`Bearer ${token}`)).toEqual({
      isAuthorized: true,
      context: { principal: JSON.stringify(principal) },
    });
    expect(lines.join()).toContain(record.tokenId);
    expect(lines.join()).not.toContain(token);
    expect(lines.join()).not.toContain(record.sha256);
  });

  it('refuses no token, another scheme, one that is malformed and one that nobody issued', async () => {
    const { token, authorize } = await setUp();
    const unknown = `${token.slice(0, -1)}${token.endsWith('A') ? 'Q' : 'A'}`;
    const all = [
      undefined,
      '',
      token,
      `Basic ${token}`,
      `Bearer ${token}x`,
      `Bearer x ${token}`,
      `Bearer ${unknown}`,
    ];
    for (const header of all) expect(await authorize(header)).toEqual({ isAuthorized: false });
  });

  it('refuses a revoked token', async () => {
    const { tokens, token, record, authorize } = await setUp();
    await tokens.revoke(record.tokenId, who);
    expect(await authorize(`Bearer ${token}`)).toEqual({ isAuthorized: false });
  });

  it('refuses a token from the moment it expires', async () => {
    expect((await setUp(AT).then(({ token, authorize }) => authorize(`Bearer ${token}`))).isAuthorized).toBe(
      false,
    );
    const later = await setUp('2026-11-24T12:00:00.001Z');
    expect((await later.authorize(`Bearer ${later.token}`)).isAuthorized).toBe(true);
  });
});
