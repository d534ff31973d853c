import { z } from 'zod';
import type { Principal } from '../../lib/domain/registry/token.ts';
import { bearerToken, isLive, tokenHash } from '../../lib/domain/tokens.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { Logger } from '../../lib/runtime/logger.ts';
import type { TokenStore } from '../../lib/stores/registry/tokens.ts';

/** An HTTP API's authorizer event, payload 2.0; names of headers come in lower case. */
export const authorizeRequestInput = z.looseObject({
  headers: z.record(z.string(), z.string().optional()).default({}),
});

export interface AuthorizeRequestDeps {
  readonly tokens: Pick<TokenStore, 'find'>;
  readonly now: Now;
  readonly log: Logger;
}

export type Authorization =
  | { readonly isAuthorized: false }
  | { readonly isAuthorized: true; readonly context: { readonly principal: string } };

const REFUSED: Authorization = { isAuthorized: false };

/**
 * Who is asking; whether they may is each route's to say. Answers are cached for a minute by the gateway, which bounds
 * how long a revoked token goes on. Why a token was refused is told to nobody, and the token is never logged.
 */
export async function authorizeRequest(
  event: z.output<typeof authorizeRequestInput>,
  { tokens, now, log }: AuthorizeRequestDeps,
): Promise<Authorization> {
  const token = bearerToken(event.headers.authorization ?? event.headers.Authorization);
  if (token === undefined) return REFUSED;
  const record = await tokens.find(tokenHash(token));
  if (record === undefined || !isLive(record, now())) return REFUSED;
  const { tokenId, name, roles, models } = record;
  log.info('authenticated', { tokenId });
  const principal: Principal = { tokenId, name, roles, models };
  return { isAuthorized: true, context: { principal: JSON.stringify(principal) } };
}
