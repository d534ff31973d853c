import { z } from 'zod';
import { PLATFORM } from '../../lib/domain/ledger.ts';
import { ROLES, type TokenRecord } from '../../lib/domain/registry/token.ts';
import { isLive } from '../../lib/domain/tokens.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import { type Decision, listAllOfKind, type Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { issueDecision, newToken, tokenStore } from '../../lib/stores/registry/tokens.ts';

export const issueTokenInput = z.object({
  /** The person whose token the first one is. */
  name: z.string().trim().min(1).max(100),
  /** The first token is an admin's whatever is asked for; more roles may be added to it. */
  roles: z.array(z.enum(ROLES)).default([]),
});

export interface IssueTokenDeps {
  readonly registry: Registry;
  readonly now: Now;
}

export type IssueTokenAnswer =
  | { readonly token: string; readonly tokenId: string }
  | { readonly refused: string };

/**
 * The way in when nobody has one: an admin's token, answered once and kept nowhere. IAM says who may call this. While
 * an admin's token is good it refuses, because from then on tokens are issued by a person, and never to themself; once
 * all are revoked or expired, it opens the door again.
 */
export async function issueToken(
  input: z.output<typeof issueTokenInput>,
  { registry, now }: IssueTokenDeps,
): Promise<IssueTokenAnswer> {
  const at = now();
  const who = { by: 'platform/issue-token', at: at.toISOString() };
  const roles = ROLES.filter((role) => role === 'admin' || input.roles.includes(role));
  const issued = newToken({ name: input.name, roles, models: ['*'] }, who);
  return registry.decide(PLATFORM, async (): Promise<Decision<IssueTokenAnswer>> => {
    const admin = await liveAdmin(registry, at);
    if (admin !== undefined)
      return {
        answer: { refused: `an admin's token ${admin.tokenId} is good already; POST /tokens with it` },
      };
    const first = { sk: sk.bootstrap, item: { sha256: issued.record.sha256 } };
    const answer = { token: issued.token, tokenId: issued.record.tokenId };
    return { ...issueDecision(issued, who, [first]), answer };
  });
}

/** The index may be a moment behind, so the first one is also kept where it is read consistently. */
async function liveAdmin(registry: Registry, at: Date): Promise<TokenRecord | undefined> {
  const first = await registry.get<{ readonly sha256: string }>(PLATFORM, sk.bootstrap);
  const record = first && (await tokenStore(registry).find(first.sha256));
  if (record !== undefined && isLive(record, at)) return record;
  const listed = await listAllOfKind<TokenRecord>(registry, 'token');
  return listed.find((token) => token.roles.includes('admin') && isLive(token, at));
}
