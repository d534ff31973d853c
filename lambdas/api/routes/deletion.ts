import { z } from '@hono/zod-openapi';
import { ConflictError, InvalidInputError } from '../../../lib/domain/errors.ts';
import type { Head } from '../../../lib/domain/registry/head.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import { actorOf, closedModel } from '../../../lib/domain/roles.ts';
import type { ModelSpec } from '../../../lib/domain/spec.ts';
import { endpointName } from '../../../lib/names.ts';
import { type Decision, listAll, type Registry } from '../../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofNewModel } from '../access.ts';
import type { ApiDeps } from '../deps.ts';
import { route } from '../route.ts';
import { modelParams } from '../schemas/fields.ts';
import { deletion } from '../schemas/model.ts';

const remove = route(
  {
    method: 'delete',
    path: '/models/{model}',
    summary: 'what deleting the model would remove; with confirm=<model> it is done',
    // A deleted model may be deleted again, which finishes a deletion that was cut short.
    access: { roles: ['admin'], scope: ofNewModel },
    params: modelParams,
    query: z.object({ confirm: z.string().optional() }),
    answer: deletion,
  },
  async ({ model, head, query, principal }, deps) => {
    if (head === undefined) throw closedModel(model);
    if (query.confirm !== undefined && query.confirm !== model)
      throw new InvalidInputError('the deletion is not confirmed', {
        details: [{ path: 'query.confirm', message: `must be ${model}, got ${query.confirm}` }],
      });
    const plan = await planOf(model, head, deps);
    if (query.confirm === undefined) return { dryRun: true, ...plan };
    const by = { actor: actorOf(principal), at: deps.now() };
    await deps.registry.decide(model, (current) => deletionOf(model, current, by, plan, deps.registry));
    for (const endpoint of plan.removes.endpoints) await deps.endpoints.remove(endpoint);
    return { dryRun: false, ...plan };
  },
);

type Plan = Omit<z.output<typeof deletion>, 'dryRun'>;

/** Schedules go by the event of the deletion; what is evidence stays. */
async function planOf(model: string, head: Head, { registry, stage }: ApiDeps): Promise<Plan> {
  const versions = await listAll<ModelVersion>(registry, model, skPrefix.version);
  const datasets = await listAll(registry, model, skPrefix.dataset);
  const spec = await registry.get<ModelSpec>(model, sk.spec(head.specHash));
  const served = versions.filter((v) => v.status !== 'rejected' && v.status !== 'candidate');
  return {
    model,
    removes: {
      endpoints: served.map((v) => endpointName(stage, model, v.number)),
      schedules: [
        `monitor-${model}`,
        ...(spec?.retraining.schedule === undefined ? [] : [`retrain-${model}`]),
      ],
    },
    keeps: { versions: versions.length, datasets: datasets.length, ledgerEntries: head.ledger.seq },
  };
}

async function deletionOf(
  model: string,
  head: Head | undefined,
  by: { readonly actor: string; readonly at: Date },
  plan: Plan,
  registry: Registry,
): Promise<Decision<void>> {
  if (head === undefined || head.deleted === true) return { answer: undefined };
  const held = [head.runLock, head.releaseLock].find((lock) => lock && new Date(lock.expiresAt) > by.at);
  if (held !== undefined)
    throw new ConflictError(`${held.holder} is in progress; delete the model when it has ended`);
  const at = by.at.toISOString();
  const serving = [head.champion, head.previousChampion].filter((n) => n !== undefined);
  const versions = await Promise.all(serving.map((n) => registry.get<ModelVersion>(model, sk.version(n))));
  return {
    answer: undefined,
    entry: {
      at,
      actor: by.actor,
      action: 'model-deleted',
      subject: `model/${model}`,
      facts: { ...plan.removes, champion: head.champion },
    },
    head: { deleted: true, champion: undefined, previousChampion: undefined },
    writes: versions
      .filter((v) => v !== undefined)
      .map((v) => ({ sk: sk.version(v.number), item: { ...v, status: 'retired', retiredAt: at } })),
  };
}

export const deletionRoutes = [remove];
