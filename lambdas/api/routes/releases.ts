import { z } from '@hono/zod-openapi';
import { ConflictError, NotFoundError } from '../../../lib/domain/errors.ts';
import type { Release } from '../../../lib/domain/registry/release.ts';
import { actorOf } from '../../../lib/domain/roles.ts';
import { releaseInProgress } from '../../../lib/stores/registry/release-in-progress.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofEvidence, ofModel } from '../access.ts';
import { releaseDecision } from '../release-decision.ts';
import { route } from '../route.ts';
import { modelIdParams, modelParams, modelVersionParams, reason } from '../schemas/fields.ts';
import { mapPage, pageOf, pageQuery, pageRequest } from '../schemas/page.ts';
import { release } from '../schemas/run.ts';
import { versionOf } from './versions.ts';

const list = route(
  {
    method: 'get',
    path: '/models/{model}/releases',
    summary: 'releases and rollbacks',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelParams,
    query: pageQuery,
    answer: pageOf(release),
  },
  async ({ model, query }, { registry }) =>
    mapPage(await registry.list<Release>(model, skPrefix.release, pageRequest(query)), (r) => r),
);

const get = route(
  {
    method: 'get',
    path: '/models/{model}/releases/{id}',
    summary: 'one release',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelIdParams,
    answer: release,
  },
  async ({ model, params }, { registry }) => {
    const found = await registry.get<Release>(model, sk.release(params.id));
    if (found === undefined) throw new NotFoundError(`model ${model} has no release ${params.id}`);
    return found;
  },
);

const start = route(
  {
    method: 'post',
    path: '/models/{model}/versions/{version}/release',
    summary: 'release an approved version, for example again after a release that failed',
    access: { roles: ['operator'], scope: ofModel },
    params: modelVersionParams,
    body: z.strictObject({ reason }),
    status: 202,
    answer: release,
  },
  async ({ model, params, body, principal }, { registry, now }) => {
    const at = now();
    return registry.decide<Release>(model, async (head) => {
      if (head === undefined) throw new NotFoundError(`model ${model} has no version ${params.version}`);
      const version = await versionOf(model, params.version, registry);
      const running = await releaseInProgress(head, registry);
      if (running?.status === 'running' && running.version === version.number) return { answer: running };
      if (version.status !== 'approved')
        throw new ConflictError(`version ${version.number} must be approved, got ${version.status}`);
      const wanted = { head, version, actor: actorOf(principal), reason: body.reason, now: at };
      return releaseDecision(wanted, registry);
    });
  },
);

export const releaseRoutes = [list, get, start];
