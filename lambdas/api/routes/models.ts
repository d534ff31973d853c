import type { z } from '@hono/zod-openapi';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { Head } from '../../../lib/domain/registry/head.ts';
import { mayTouch } from '../../../lib/domain/roles.ts';
import type { ModelSpec } from '../../../lib/domain/spec.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { ofModel } from '../access.ts';
import { route } from '../route.ts';
import { modelParams } from '../schemas/fields.ts';
import { modelSummary, modelView } from '../schemas/model.ts';
import { mapPage, pageOf, pageQuery, pageRequest } from '../schemas/page.ts';

const list = route(
  {
    method: 'get',
    path: '/models',
    summary: 'the models that the token is open to',
    access: { roles: ['viewer'], scope: 'listed' },
    query: pageQuery,
    answer: pageOf(modelSummary),
  },
  async ({ query, principal }, { registry }) => {
    const page = await registry.byKind<Head>('model', pageRequest(query));
    const open = page.items.filter(
      (h) => !h.deleted && !h.model.startsWith('_') && mayTouch(principal, h.model),
    );
    return mapPage({ ...page, items: open }, summaryOf);
  },
);

const get = route(
  {
    method: 'get',
    path: '/models/{model}',
    summary: 'one model: its spec, its champion, its locks and counters',
    access: { roles: ['viewer'], scope: ofModel },
    params: modelParams,
    answer: modelView,
  },
  async ({ model, head }, { registry }) => {
    const spec = await registry.get<ModelSpec>(model, sk.spec(head.specHash));
    if (spec === undefined) throw new NotFoundError(`spec ${head.specHash} of model ${model} is not stored`);
    return { ...summaryOf(head), spec };
  },
);

/** The fields that the answer promises, whatever else the registry keeps beside them. */
function summaryOf(head: Head): z.output<typeof modelSummary> {
  return modelSummary.parse(head);
}

export const modelRoutes = [list, get];
