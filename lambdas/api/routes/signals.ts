import type { Signal } from '../../../lib/domain/registry/signal.ts';
import { skPrefix } from '../../../lib/stores/sort-keys.ts';
import { ofModel } from '../access.ts';
import { route } from '../route.ts';
import { modelParams } from '../schemas/fields.ts';
import { mapPage, pageOf, pageQuery, pageRequest } from '../schemas/page.ts';
import { signal } from '../schemas/window.ts';

const list = route(
  {
    method: 'get',
    path: '/models/{model}/signals',
    summary: 'what asked for a retraining, and what the guard answered',
    access: { roles: ['viewer'], scope: ofModel },
    params: modelParams,
    query: pageQuery,
    answer: pageOf(signal),
  },
  async ({ model, query }, { registry }) =>
    mapPage(await registry.list<Signal>(model, skPrefix.signal, pageRequest(query)), (s) => s),
);

export const signalRoutes = [list];
