import { ForbiddenError } from './errors.ts';
import type { Principal, Role } from './registry/token.ts';

/**
 * Whether a principal holds one of the roles that a route asks for. `admin` passes everywhere; `viewer` is implied by
 * every role but `caller`, since who may change a thing may look at it.
 * @example holdsRole({ roles: ['builder'], … }, ['viewer']) // true
 */
export function holdsRole(principal: Principal, wanted: readonly Role[]): boolean {
  return principal.roles.some(
    (role) => role === 'admin' || wanted.includes(role) || (wanted.includes('viewer') && role !== 'caller'),
  );
}

/**
 * Whether a principal's token is open to a model: it lists the model or `*`.
 * @example mayTouch({ models: ['flight-delay'], … }, 'house-prices') // false
 */
export function mayTouch(principal: Principal, model: string): boolean {
  return principal.models.includes('*') || principal.models.includes(model);
}

/** The actor that a principal's decisions carry in the ledger. */
export function actorOf({ tokenId }: Pick<Principal, 'tokenId'>): string {
  return `token/${tokenId}`;
}

/** One sentence for a model that does not exist and for one that is forbidden, so that nobody learns which models there are. */
export function closedModel(model: string): ForbiddenError {
  return new ForbiddenError(`model ${model} does not exist or is not open to this token`);
}
