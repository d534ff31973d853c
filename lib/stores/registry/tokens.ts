import { randomBytes } from 'node:crypto';
import { ConflictError } from '../../domain/errors.ts';
import { type NewEntry, PLATFORM } from '../../domain/ledger.ts';
import type { Role, TokenRecord } from '../../domain/registry/token.ts';
import { TOKEN_BYTES, tokenHash, tokenText } from '../../domain/tokens.ts';
import {
  type Decision,
  listAllOfKind,
  type Page,
  type PageRequest,
  type Registry,
  type Write,
} from './registry.ts';
import { sk } from './sort-keys.ts';

export interface TokenStore {
  /**
   * A new token; its text is in the answer and nowhere else, so a repeat of the same operation has nothing to answer.
   * @throws ConflictError for a repeat, naming the token
   */
  issue(wanted: TokenWanted, who: Issuer, operationId?: string): Promise<IssuedToken>;
  find(sha256: string): Promise<TokenRecord | undefined>;
  /** Newest first, the revoked ones too. */
  list(page?: PageRequest): Promise<Page<TokenRecord>>;
  /** False if there is no such token; revoking again changes nothing. */
  revoke(tokenId: string, who: Issuer): Promise<boolean>;
}

export interface TokenWanted {
  /** The person or program. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly models: readonly string[];
  readonly expiresAt?: string;
}

export interface Issuer {
  /** An entry's actor: `token/<id>` or `platform/<verb>`. */
  readonly by: string;
  readonly at: string;
}

export interface IssuedToken {
  readonly token: string;
  readonly record: TokenRecord;
}

const tokenKey = (sha256: string) => ({ pk: `TOKEN#${sha256}`, sk: 'TOKEN' });

/** Short enough to read out, long enough that two never meet: the first 12 characters of the hash. */
const ID_LENGTH = 12;

export function tokenStore(registry: Registry): TokenStore {
  const find = (sha256: string) => registry.getAt<TokenRecord>(tokenKey(sha256));
  return {
    find,
    async issue(wanted, who, operationId) {
      const issued = newToken(wanted, who);
      if (operationId === undefined) return registry.decide(PLATFORM, () => issueDecision(issued, who));
      const key = sk.issued(operationId);
      return registry.decide(PLATFORM, async () => {
        const before = await registry.get<{ readonly tokenId: string }>(PLATFORM, key);
        if (before !== undefined) throw shownOnce(before.tokenId);
        const { tokenId } = issued.record;
        return issueDecision(issued, who, [{ sk: key, item: { tokenId }, condition: 'absent' }]);
      });
    },
    list: (page) => registry.byKind<TokenRecord>('token', { newestFirst: true, ...page }),
    async revoke(tokenId, who) {
      const listed = await findById(registry, tokenId);
      if (listed === undefined) return false;
      await registry.decide(PLATFORM, async (): Promise<Decision<void>> => {
        const record = await find(listed.sha256);
        if (record === undefined || record.revokedAt !== undefined) return { answer: undefined };
        const revoked = { ...record, revokedAt: who.at };
        return {
          answer: undefined,
          entry: entry('token-revoked', revoked, who),
          writes: [tokenWrite(revoked, 'present')],
        };
      });
      return true;
    },
  };
}

function shownOnce(tokenId: string): ConflictError {
  return new ConflictError(
    `token ${tokenId} was issued by this idempotency key and is shown once: revoke it and issue another with a new key`,
  );
}

export function newToken(wanted: TokenWanted, who: Issuer): IssuedToken {
  const token = tokenText(randomBytes(TOKEN_BYTES));
  const sha256 = tokenHash(token);
  return {
    token,
    record: { ...wanted, tokenId: sha256.slice(0, ID_LENGTH), sha256, issuedBy: who.by, issuedAt: who.at },
  };
}

/** Separate, because bootstrap decides more than the token in the same transaction. */
export function issueDecision(
  issued: IssuedToken,
  who: Issuer,
  writes: readonly Write[] = [],
): Decision<IssuedToken> {
  return {
    answer: issued,
    entry: entry('token-issued', issued.record, who),
    writes: [tokenWrite(issued.record, 'absent'), ...writes],
  };
}

function tokenWrite(record: TokenRecord, condition: 'absent' | 'present'): Write {
  return { ...tokenKey(record.sha256), item: record, kind: 'token', sortedAt: record.issuedAt, condition };
}

function entry(action: 'token-issued' | 'token-revoked', record: TokenRecord, who: Issuer): NewEntry {
  const { name, roles, models, expiresAt } = record;
  return {
    at: who.at,
    actor: who.by,
    action,
    subject: `token/${record.tokenId}`,
    facts: { name, roles, models, ...(expiresAt && { expiresAt }) },
  };
}

async function findById(registry: Registry, tokenId: string): Promise<TokenRecord | undefined> {
  return (await listAllOfKind<TokenRecord>(registry, 'token')).find((t) => t.tokenId === tokenId);
}
