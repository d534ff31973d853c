import { ForbiddenError } from '../../lib/domain/errors.ts';
import { PLATFORM } from '../../lib/domain/ledger.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Principal, Role } from '../../lib/domain/registry/token.ts';
import { closedModel, holdsRole, mayTouch } from '../../lib/domain/roles.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';

/** What a route declares about its callers. There is no default: a route without it does not compile. */
export type Access = 'open' | { readonly roles: readonly Role[]; readonly scope: Scope };

/**
 * What a token must be open to: `platform` all models, `listed` any (the answer holds only what the token may touch),
 * or the one model that the path names, which must live unless the route admits others.
 */
export type Scope = 'platform' | 'listed' | OneModel;

interface OneModel {
  readonly modelOf: (params: PathParams) => string | undefined;
  readonly admits?: readonly ('new' | 'deleted' | 'platform')[];
}

export type PathParams = Readonly<Record<string, string | undefined>>;

/** `/models/{model}/…` */
export const ofModel: Scope = { modelOf: (params) => params.model };
/** What was decided and on what stays readable when its model is deleted. */
export const ofEvidence: Scope = { ...ofModel, admits: ['deleted'] };
/** The chain of the platform too, for admins of all models: who was given which token. */
export const ofLedger: Scope = { ...ofModel, admits: ['deleted', 'platform'] };
export const ofNewModel: Scope = { ...ofModel, admits: ['new', 'deleted'] };
/** Ids like `<model>-v3`. */
export const ofApproval: Scope = { modelOf: (params) => /^(.+)-v\d+$/.exec(params.id ?? '')?.[1] };

/** What a granted call may work on: the model it names and that model's head. */
export interface Grant {
  readonly principal: Principal;
  readonly model: string;
  readonly head: Head | undefined;
}

/**
 * Grants a call or throws ForbiddenError. A model that does not exist and one that the token is not open to give the same answer,
 * so that nobody learns which models there are.
 */
export async function grant(
  principal: Principal,
  access: Exclude<Access, 'open'>,
  params: PathParams,
  registry: Registry,
): Promise<Grant> {
  if (!holdsRole(principal, access.roles))
    throw new ForbiddenError(
      `this needs one of the roles ${[...new Set(['admin', ...access.roles])].join(', ')}, got ${principal.roles.join(', ')}`,
    );
  const { scope } = access;
  if (scope === 'platform' && !principal.models.includes('*'))
    throw new ForbiddenError(`this needs a token for all models, got one for ${principal.models.join(', ')}`);
  if (scope === 'platform' || scope === 'listed') return { principal, model: '', head: undefined };
  const model = scope.modelOf(params) ?? '';
  if (!isOpen(model, principal, scope)) throw closedModel(model);
  const head = await registry.head(model);
  const state = head === undefined ? 'new' : head.deleted === true ? 'deleted' : 'living';
  if (state !== 'living' && !scope.admits?.includes(state)) throw closedModel(model);
  return { principal, model, head };
}

function isOpen(model: string, principal: Principal, { admits }: OneModel): boolean {
  if (model === PLATFORM && admits?.includes('platform'))
    return holdsRole(principal, ['admin']) && principal.models.includes('*');
  return model !== '' && !model.startsWith('_') && mayTouch(principal, model);
}
