import { HTTPException } from 'hono/http-exception';
import type { Principal } from '../../lib/domain/registry/token.ts';

/** What the gateway hands to a function beside the request, as far as it is read here. */
export interface GatewayEnv {
  readonly requestContext?: {
    readonly requestId?: string;
    readonly authorizer?: { readonly lambda?: Readonly<Record<string, unknown>> | null };
  };
}

/** The caller, as the authorizer established it; a request that came around the authorizer has none. */
export function principalOf(env: GatewayEnv | undefined): Principal {
  const context = env?.requestContext?.authorizer?.lambda?.principal;
  if (typeof context !== 'string') throw new HTTPException(401, { message: 'a valid token is needed' });
  return JSON.parse(context) as Principal;
}
