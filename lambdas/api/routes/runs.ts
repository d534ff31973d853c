import { z } from '@hono/zod-openapi';
import { spoiledWindows } from '../../../lib/domain/causes/spoiled.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../lib/domain/errors.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import type { Head } from '../../../lib/domain/registry/head.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import type { Run } from '../../../lib/domain/registry/run.ts';
import { actorOf } from '../../../lib/domain/roles.ts';
import type { ModelSpec } from '../../../lib/domain/spec.ts';
import { planRun, type RunRequest, runId } from '../../../lib/domain/training/run-plan.ts';
import { restartRun, startRun } from '../../../lib/domain/training/run-start.ts';
import { listAll, type Registry } from '../../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { requiredItem } from '../../../lib/stores/required.ts';
import { ofEvidence, ofModel } from '../access.ts';
import { route } from '../route.ts';
import { runDecision } from '../run-decision.ts';
import { isoTime, modelIdParams, modelParams } from '../schemas/fields.ts';
import { mapPage, pageOf, pageQuery, pageRequest } from '../schemas/page.ts';
import { run } from '../schemas/run.ts';

const list = route(
  {
    method: 'get',
    path: '/models/{model}/runs',
    summary: 'training runs',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelParams,
    query: pageQuery,
    answer: pageOf(run),
  },
  async ({ model, query }, { registry }) =>
    mapPage(await registry.list<Run>(model, skPrefix.run, pageRequest(query)), (r) => r),
);

const get = route(
  {
    method: 'get',
    path: '/models/{model}/runs/{id}',
    summary: 'one run',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelIdParams,
    answer: run,
  },
  async ({ model, params }, { registry }) => runOf(model, params.id, registry),
);

const start = route(
  {
    method: 'post',
    path: '/models/{model}/runs',
    summary:
      'train on the accepted datasets up to a time, by default the newest labelled row, as they were known at a time, by default now',
    access: { roles: ['builder'], scope: ofModel },
    params: modelParams,
    body: z.strictObject({
      to: isoTime.optional(),
      /** Knowledge time: data as it was known then. */
      asOf: isoTime.optional(),
    }),
    status: 202,
    answer: run,
  },
  async ({ model, head, body, principal, operationId }, { registry, now }) => {
    const at = now().toISOString();
    const asOf = body.asOf === undefined ? at : new Date(body.asOf).toISOString();
    if (asOf > at) throw new InvalidInputError(`asOf must be at most now, ${at}, got ${asOf}`);
    const to = body.to === undefined ? undefined : new Date(body.to).toISOString();
    const request = {
      asOf,
      trigger: { kind: 'person', token: principal.tokenId },
      request: operationId,
      at,
      ...(to !== undefined && { to }),
    } as const;
    return registry.decide<Run>(model, async (current = head) => {
      const there = await registry.get<Run>(model, sk.run(runId(model, operationId)));
      if (there !== undefined) return { answer: sameRun(there, to, body.asOf && asOf) };
      const wanted = await planOf(current, request, registry);
      return runDecision(startRun, { head: current, run: wanted, actor: actorOf(principal), at });
    });
  },
);

const restart = route(
  {
    method: 'post',
    path: '/models/{model}/runs/{id}/restart',
    summary: 'start a failed run again from its recorded inputs; what had succeeded is used again',
    access: { roles: ['builder'], scope: ofModel },
    params: modelIdParams,
    status: 202,
    answer: run,
  },
  async ({ model, params, head, principal }, { registry, now }) => {
    const at = now().toISOString();
    return registry.decide<Run>(model, async (current) => {
      const failed = await runOf(model, params.id, registry);
      if (failed.status === 'running') return { answer: failed };
      return runDecision(restartRun, { head: current ?? head, run: failed, actor: actorOf(principal), at });
    });
  },
);

/** The same key with another range is another run, and a mistake. */
function sameRun(there: Run, to = there.to, asOf = there.asOf): Run {
  if (there.to !== to || there.asOf !== asOf)
    throw new ConflictError(
      `the idempotency key was used for run ${there.id}, up to ${there.to} as of ${there.asOf}`,
    );
  return there;
}

async function planOf(
  head: Head,
  request: Pick<RunRequest, 'trigger' | 'request' | 'at' | 'to' | 'asOf'>,
  registry: Registry,
): Promise<Run> {
  const { model, specHash, champion } = head;
  const plan = planRun({
    ...request,
    model,
    specHash,
    spec: await requiredItem<ModelSpec>(registry, model, sk.spec(specHash)),
    datasets: await listAll<DatasetVersion>(registry, model, skPrefix.dataset),
    spoiled: spoiledWindows(await listAll<Incident>(registry, model, skPrefix.incident)),
    ...(champion !== undefined && { champion }),
  });
  if (!plan.planned) throw new ConflictError(plan.reason);
  return plan.run;
}

async function runOf(model: string, id: string, registry: Registry): Promise<Run> {
  const found = await registry.get<Run>(model, sk.run(id));
  if (found === undefined) throw new NotFoundError(`model ${model} has no run ${id}`);
  return found;
}

export const runRoutes = [list, get, start, restart];
