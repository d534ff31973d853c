import { sha256Hex } from './canonical-json.ts';
import type { TokenRecord } from './registry/token.ts';

/** Recognizable by secret scanners, and told apart from other bearers at a glance. */
const PREFIX = 'mrg_';

/** 256 bits: nothing to guess, so the hash needs no salt and no slow function. */
export const TOKEN_BYTES = 32;

const TOKEN = /^mrg_[A-Za-z0-9_-]{43}$/;

/** The text of a token from its random bytes. */
export function tokenText(random: Uint8Array): string {
  if (random.length !== TOKEN_BYTES)
    throw new Error(`a token needs ${TOKEN_BYTES} random bytes, got ${random.length}`);
  return PREFIX + Buffer.from(random).toString('base64url');
}

/** What is kept of a token and looked up by: SHA-256 in hex. */
export const tokenHash = (token: string): string => sha256Hex(token);

/**
 * The token in an `Authorization` header, undefined unless it is one of ours by its form.
 *
 * @example bearerToken('Bearer nonsense') // undefined
 */
export function bearerToken(header: string | undefined): string | undefined {
  const token = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}

/** Whether a token is good at that moment: neither revoked nor expired. */
export function isLive(record: TokenRecord, at: Date): boolean {
  if (record.revokedAt !== undefined) return false;
  return record.expiresAt === undefined || Date.parse(record.expiresAt) > at.getTime();
}
