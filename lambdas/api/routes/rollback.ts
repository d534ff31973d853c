import { z } from '@hono/zod-openapi';
import { ConflictError } from '../../../lib/domain/errors.ts';
import type { NewEntry } from '../../../lib/domain/ledger.ts';
import type { Release } from '../../../lib/domain/registry/release.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import { planRollback } from '../../../lib/domain/release/rollback.ts';
import { actorOf } from '../../../lib/domain/roles.ts';
import { endpointName } from '../../../lib/names.ts';
import type { Decision, Registry, Write } from '../../../lib/stores/registry/registry.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { ofModel } from '../access.ts';
import type { ApiDeps } from '../deps.ts';
import { route } from '../route.ts';
import { modelParams, reason } from '../schemas/fields.ts';
import { release } from '../schemas/run.ts';
import { versionOf } from './versions.ts';

const rollback = route(
  {
    method: 'post',
    path: '/models/{model}/rollback',
    summary: 'give the traffic back to the previous champion, whose endpoint is kept for this',
    access: { roles: ['operator'], scope: ofModel },
    params: modelParams,
    body: z.strictObject({ to: z.number().int().min(1).optional(), reason }),
    answer: release,
  },
  async ({ model, body, principal, operationId }, deps) => {
    const now = deps.now();
    const id = `${model}-rollback-${operationId}`;
    return deps.registry.decide<Release>(model, async (head) => {
      const there = await deps.registry.get<Release>(model, sk.release(id));
      if (there !== undefined) return { answer: sameRollback(there, body.to) };
      if (head === undefined) throw new ConflictError(`model ${model} has no version in service`);
      const plan = planRollback(head, body.to, now);
      if (plan.verdict === 'refused') throw new ConflictError(plan.reason);
      await needEndpoint(model, plan.to, deps);
      const done = completed(model, id, plan, now.toISOString());
      return decisionOf(done, entryOf(done, body.reason, actorOf(principal)), deps.registry);
    });
  },
);

/** The same key with another version is another rollback, and a mistake. */
function sameRollback(there: Release, to = there.version): Release {
  if (there.version !== to)
    throw new ConflictError(`the idempotency key was used for a rollback to version ${there.version}`);
  return there;
}

/** Traffic must not move to an endpoint that would refuse it. */
async function needEndpoint(model: string, version: number, { endpoints, stage }: ApiDeps): Promise<void> {
  const state = await endpoints.describe(endpointName(stage, model, version));
  if (state?.status !== 'InService')
    throw new ConflictError(
      `the endpoint of version ${version} must be InService, got ${state?.status ?? 'none'}`,
    );
}

function completed(model: string, id: string, plan: { from: number; to: number }, at: string): Release {
  return {
    model,
    id,
    version: plan.to,
    kind: 'rollback',
    status: 'completed',
    attempt: 1,
    from: plan.from,
    startedAt: at,
    closedAt: at,
  };
}

function entryOf({ model, version, from, startedAt, id }: Release, reason: string, actor: string): NewEntry {
  return {
    at: startedAt,
    actor,
    action: 'champion-changed',
    subject: `version/${version}`,
    inputs: [{ kind: 'version', id: `${model}/${version}` }],
    outputs: [{ kind: 'release', id: `${model}/${id}` }],
    facts: { version, previous: from, kind: 'rollback', releaseId: id, reason },
    alert: {
      severity: 'warning',
      sentence: `Model ${model} was rolled back from version ${from} to version ${version}: ${reason}.`,
      link: `versions/${version}`,
    },
  };
}

/** The version that is left keeps its endpoint and becomes the previous one: a rollback can be rolled back. */
async function decisionOf(done: Release, entry: NewEntry, registry: Registry): Promise<Decision<Release>> {
  const from = await versionOf(done.model, done.from ?? 0, registry);
  const to = await versionOf(done.model, done.version, registry);
  const served: ModelVersion = { ...to, status: 'in-service', inServiceSince: done.startedAt };
  const writes: Write[] = [
    { sk: sk.release(done.id), item: done, condition: 'absent' },
    { sk: sk.version(from.number), item: { ...from, status: 'previous' } },
    { sk: sk.version(to.number), item: served },
  ];
  return { answer: done, entry, head: { champion: to.number, previousChampion: from.number }, writes };
}

export const rollbackRoutes = [rollback];
