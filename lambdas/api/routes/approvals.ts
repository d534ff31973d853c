import { z } from '@hono/zod-openapi';
import { decideApproval } from '../../../lib/domain/approval.ts';
import { ConflictError, ForbiddenError, NotFoundError } from '../../../lib/domain/errors.ts';
import type { Approval } from '../../../lib/domain/registry/approval.ts';
import type { Release } from '../../../lib/domain/registry/release.ts';
import { actorOf, mayTouch } from '../../../lib/domain/roles.ts';
import type { Registry } from '../../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofApproval, ofEvidence } from '../access.ts';
import { actorNames } from '../actor-names.ts';
import { approve, reject } from '../approval-decision.ts';
import { route } from '../route.ts';
import { modelParams, reason } from '../schemas/fields.ts';
import { mapPage, pageOf, pageQuery, pageRequest } from '../schemas/page.ts';
import { release } from '../schemas/run.ts';
import { approval } from '../schemas/version.ts';

const approvalParams = z.object({ id: z.string().max(100) });

const open = route(
  {
    method: 'get',
    path: '/approvals',
    summary: 'what waits for a person, of all models that the token is open to',
    access: { roles: ['viewer'], scope: 'listed' },
    query: pageQuery,
    answer: pageOf(approval),
  },
  async ({ query, principal }, { registry }) => {
    const page = await registry.byKind<Approval>('approval', pageRequest(query));
    return mapPage({ ...page, items: page.items.filter((a) => mayTouch(principal, a.model)) }, (a) => a);
  },
);

const list = route(
  {
    method: 'get',
    path: '/models/{model}/approvals',
    summary: 'all approvals of a model, the decided ones too',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelParams,
    query: pageQuery,
    answer: pageOf(approval),
  },
  async ({ model, query }, { registry }) =>
    mapPage(await registry.list<Approval>(model, skPrefix.approval, pageRequest(query)), (a) => a),
);

const get = route(
  {
    method: 'get',
    path: '/approvals/{id}',
    summary: 'one approval',
    access: { roles: ['viewer'], scope: ofApproval },
    params: approvalParams,
    answer: approval,
  },
  async ({ model, params }, { registry }) => approvalOf(model, params.id, registry),
);

const decide = route(
  {
    method: 'post',
    path: '/approvals/{id}',
    summary: 'approve a candidate, which starts its release, or reject it; not by who started the run',
    access: { roles: ['approver'], scope: ofApproval },
    params: approvalParams,
    body: z.strictObject({ decision: z.enum(['approve', 'reject']), reason }),
    answer: z.object({ approval, release: release.optional() }),
  },
  async ({ model, params, body, principal }, deps) => {
    const { registry } = deps;
    const now = deps.now();
    const { starter } = await approvalOf(model, params.id, registry);
    // A person may hold several tokens: who started a run is a name, not a token.
    const starterName = starter && (await actorNames(registry)).get(actorOf({ tokenId: starter }));
    return registry.decide<{ approval: Approval; release?: Release }>(model, async (head) => {
      const found = await approvalOf(model, params.id, registry);
      const verdict = decideApproval(found, body, principal, starterName, now.toISOString());
      if (verdict.verdict === 'refused') {
        if (verdict.because === 'own-run') throw new ForbiddenError(verdict.reason);
        throw new ConflictError(verdict.reason);
      }
      if (verdict.verdict === 'repeated' || head === undefined)
        return { answer: { approval: verdict.approval } };
      const by = { head, approval: verdict.approval, principal, now };
      return body.decision === 'approve' ? approve(by, registry) : reject(by, registry);
    });
  },
);

async function approvalOf(model: string, id: string, registry: Registry): Promise<Approval> {
  const found = await registry.get<Approval>(model, sk.approval(id));
  if (found === undefined) throw new NotFoundError(`there is no approval ${id}`);
  return found;
}

export const approvalRoutes = [open, list, get, decide];
