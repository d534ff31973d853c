import { describe, expect, it } from 'vitest';
import { bearerToken, isLive, TOKEN_BYTES, tokenHash, tokenText } from '../../lib/domain/tokens.ts';

describe('a token', () => {
  it('is its random bytes in a form that says whose it is', () => {
    const token = tokenText(new Uint8Array(TOKEN_BYTES).fill(255));
    expect(token).toBe('mrg___________________________________________8');
    expect(bearerToken(`Bearer ${token}`)).toBe(token);
    expect(bearerToken(`bearer  ${token} `)).toBe(token);
    expect(tokenHash(token)).toMatch(/^[0-9a-f]{64}$/);
    expect(() => tokenText(new Uint8Array(31))).toThrow('a token needs 32 random bytes, got 31');
  });

  it('is good until it is revoked or expires', () => {
    const record = {
      tokenId: 'a',
      name: 'n',
      roles: [],
      models: [],
      sha256: 's',
      issuedBy: 'b',
      issuedAt: '2026-11-01T00:00:00.000Z',
    };
    const at = new Date('2026-11-24T12:00:00.000Z');
    expect(isLive(record, at)).toBe(true);
    expect(isLive({ ...record, expiresAt: '2026-11-24T12:00:00.001Z' }, at)).toBe(true);
    expect(isLive({ ...record, expiresAt: '2026-11-24T12:00:00.000Z' }, at)).toBe(false);
    expect(isLive({ ...record, revokedAt: '2026-11-24T11:00:00.000Z' }, at)).toBe(false);
  });
});
