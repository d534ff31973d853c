import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofEvidence } from '../access.ts';
import { route } from '../route.ts';
import { dataset, datasetWithProfile } from '../schemas/dataset.ts';
import { modelIdParams, modelParams } from '../schemas/fields.ts';
import { mapPage, pageOf, pageQuery, pageRequest } from '../schemas/page.ts';

const list = route(
  {
    method: 'get',
    path: '/models/{model}/datasets',
    summary: 'dataset versions, accepted and rejected, with their findings',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelParams,
    query: pageQuery,
    answer: pageOf(dataset),
  },
  async ({ model, query }, { registry }) =>
    mapPage(await registry.list<DatasetVersion>(model, skPrefix.dataset, pageRequest(query)), (d) => d),
);

const get = route(
  {
    method: 'get',
    path: '/models/{model}/datasets/{id}',
    summary: 'one dataset version with its verdict and profile',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelIdParams,
    answer: datasetWithProfile,
  },
  async ({ model, params }, { registry, artifacts }) => {
    const found = await registry.get<DatasetVersion>(model, sk.dataset(params.id));
    if (found === undefined) throw new NotFoundError(`model ${model} has no dataset ${params.id}`);
    const profile =
      found.profileKey === undefined
        ? undefined
        : await artifacts.getJson<Record<string, unknown>>(found.profileKey);
    return { ...found, findings: [...found.findings], ...(profile && { profile }) };
  },
);

export const datasetRoutes = [list, get];
