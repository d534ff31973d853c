import { z } from '@hono/zod-openapi';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../lib/domain/errors.ts';
import type { TokenRecord } from '../../../lib/domain/registry/token.ts';
import { actorOf } from '../../../lib/domain/roles.ts';
import { route } from '../route.ts';
import { mapPage, pageOf, pageQuery, pageRequest } from '../schemas/page.ts';
import { issuedToken, tokenRequest, tokenView } from '../schemas/token.ts';

const access = { roles: ['admin'], scope: 'platform' } as const;

const list = route(
  {
    method: 'get',
    path: '/tokens',
    summary: 'all tokens, the revoked ones too; never what they are',
    access,
    query: pageQuery,
    answer: pageOf(tokenView),
  },
  async ({ query }, { tokens }) => mapPage(await tokens.list(pageRequest(query)), viewOf),
);

const issue = route(
  {
    method: 'post',
    path: '/tokens',
    summary: 'a token for another person or program; it is shown this once',
    access,
    body: tokenRequest,
    status: 201,
    answer: issuedToken,
  },
  async ({ body, principal, operationId }, { tokens, now }) => {
    if (body.name.toLowerCase() === principal.name.toLowerCase())
      throw new ConflictError('nobody issues a token to themself; another admin must do it');
    const at = now().toISOString();
    if (body.expiresAt !== undefined && body.expiresAt <= at)
      throw new InvalidInputError('the token would be dead', {
        details: [{ path: 'expiresAt', message: `must be after now, ${at}, got ${body.expiresAt}` }],
      });
    const { token, record } = await tokens.issue(body, { by: actorOf(principal), at }, operationId);
    return { ...viewOf(record), token };
  },
);

const revoke = route(
  {
    method: 'delete',
    path: '/tokens/{id}',
    summary: 'revoke a token; it ends within a minute, when the gateway has forgotten it',
    access,
    params: z.object({ id: z.string().max(100) }),
    answer: z.object({ tokenId: z.string(), revoked: z.literal(true) }),
  },
  async ({ params, principal }, { tokens, now }) => {
    const revoked = await tokens.revoke(params.id, { by: actorOf(principal), at: now().toISOString() });
    if (!revoked) throw new NotFoundError(`there is no token ${params.id}`);
    return { tokenId: params.id, revoked: true as const };
  },
);

function viewOf({ sha256: _, roles, models, ...record }: TokenRecord): z.output<typeof tokenView> {
  return { ...record, roles: [...roles], models: [...models] };
}

export const tokenRoutes = [list, issue, revoke];
