import type { Signal } from '../../../lib/domain/registry/signal.ts';
import type { PageRequest } from '../../../lib/stores/registry/registry.ts';
import { skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofEvidence } from '../access.ts';
import { matching } from '../matching.ts';
import { route } from '../route.ts';
import { modelParams } from '../schemas/fields.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { isWithin, timeRange } from '../schemas/time-range.ts';
import { signal } from '../schemas/window.ts';

const list = route(
  {
    method: 'get',
    path: '/models/{model}/signals',
    summary: 'what asked for a retraining, and what the guard answered when',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelParams,
    query: pageQuery.extend(timeRange),
    answer: pageOf(signal),
  },
  async ({ model, query }, { registry }) =>
    matching(
      (page: PageRequest) => registry.list<Signal>(model, skPrefix.signal, page),
      query,
      (found) => isWithin(found.answeredAt, query),
    ),
);

export const signalRoutes = [list];
