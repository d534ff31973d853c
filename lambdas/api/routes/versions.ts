import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import type { Registry } from '../../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofEvidence } from '../access.ts';
import { route } from '../route.ts';
import { modelParams, modelVersionParams } from '../schemas/fields.ts';
import { mapPage, pageOf, pageQuery, pageRequest } from '../schemas/page.ts';
import { version } from '../schemas/version.ts';

const list = route(
  {
    method: 'get',
    path: '/models/{model}/versions',
    summary: 'model versions with their metrics and gates, oldest first',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelParams,
    query: pageQuery,
    answer: pageOf(version),
  },
  async ({ model, query }, { registry }) =>
    mapPage(await registry.list<ModelVersion>(model, skPrefix.version, pageRequest(query)), (v) => v),
);

const get = route(
  {
    method: 'get',
    path: '/models/{model}/versions/{version}',
    summary: 'one model version',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelVersionParams,
    answer: version,
  },
  async ({ model, params }, { registry }) => versionOf(model, params.version, registry),
);

/** @throws NotFoundError */
export async function versionOf(model: string, number: number, registry: Registry): Promise<ModelVersion> {
  const found = await registry.get<ModelVersion>(model, sk.version(number));
  if (found === undefined) throw new NotFoundError(`model ${model} has no version ${number}`);
  return found;
}

export const versionRoutes = [list, get];
