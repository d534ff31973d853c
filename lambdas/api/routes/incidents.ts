import { z } from '@hono/zod-openapi';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import { actorOf } from '../../../lib/domain/roles.ts';
import type { PageRequest } from '../../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofModel } from '../access.ts';
import { matching } from '../matching.ts';
import { route } from '../route.ts';
import { modelIdParams, modelParams, reason } from '../schemas/fields.ts';
import { incident } from '../schemas/incident.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { isWithin, timeRange } from '../schemas/time-range.ts';

const list = route(
  {
    method: 'get',
    path: '/models/{model}/incidents',
    summary: 'data faults, by when they were opened; while one is open nothing is retrained',
    access: { roles: ['viewer'], scope: ofModel },
    params: modelParams,
    query: pageQuery.extend({ ...timeRange, status: z.enum(['open', 'closed']).optional() }),
    answer: pageOf(incident),
  },
  async ({ model, query }, { registry }) => {
    const read = (page: PageRequest) => registry.list<Incident>(model, skPrefix.incident, page);
    const { status } = query;
    return matching(
      read,
      query,
      (found) => isWithin(found.openedAt, query) && (status === undefined || found.status === status),
    );
  },
);

const close = route(
  {
    method: 'post',
    path: '/models/{model}/incidents/{id}/close',
    summary: 'close an incident and say why it is over',
    access: { roles: ['operator'], scope: ofModel },
    params: modelIdParams,
    body: z.strictObject({
      reason,
      /** The windows that it spoiled are good after all, and may be learned from. */
      keepWindows: z.boolean().optional(),
    }),
    answer: incident,
  },
  async ({ model, params, body, principal }, { registry, now }) => {
    const at = now().toISOString();
    return registry.decide<Incident>(model, async (head) => {
      const found = await registry.get<Incident>(model, sk.incident(params.id));
      if (found === undefined) throw new NotFoundError(`model ${model} has no incident ${params.id}`);
      if (found.status === 'closed') return { answer: found };
      const closed: Incident = {
        ...found,
        status: 'closed',
        closedAt: at,
        closedBy: principal.tokenId,
        reason: body.reason,
        ...(body.keepWindows !== undefined && { keepWindows: body.keepWindows }),
      };
      return {
        answer: closed,
        entry: {
          at,
          actor: actorOf(principal),
          action: 'incident-closed',
          subject: `incident/${found.id}`,
          facts: {
            reason: body.reason,
            kind: found.kind,
            summary: found.summary,
            windows: found.windows?.length ?? 0,
            keepWindows: body.keepWindows ?? false,
          },
        },
        head: { openIncidents: Math.max(0, (head?.openIncidents ?? 0) - 1) },
        writes: [{ sk: sk.incident(found.id), item: closed, condition: 'present' }],
      };
    });
  },
);

export const incidentRoutes = [list, close];
