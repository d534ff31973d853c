import type { TokenRecord } from '../../lib/domain/registry/token.ts';
import { actorOf } from '../../lib/domain/roles.ts';
import { listAllOfKind, type Registry } from '../../lib/stores/registry/registry.ts';

/** The person or program behind each actor that a token made; revoked tokens keep their names. */
export async function actorNames(registry: Registry): Promise<ReadonlyMap<string, string>> {
  const tokens = await listAllOfKind<TokenRecord>(registry, 'token');
  return new Map(tokens.map((token) => [actorOf(token), token.name]));
}
