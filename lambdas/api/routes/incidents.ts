import { z } from '@hono/zod-openapi';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { Head } from '../../../lib/domain/registry/head.ts';
import type { Incident, WindowsKept } from '../../../lib/domain/registry/incident.ts';
import { actorOf } from '../../../lib/domain/roles.ts';
import type { Decision, PageRequest } from '../../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofEvidence, ofModel } from '../access.ts';
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
    access: { roles: ['viewer'], scope: ofEvidence },
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
    summary: 'close an incident and say why it is over; of a closed one, that its windows are good after all',
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
    const said: Said = { ...body, by: principal.tokenId, actor: actorOf(principal), at: now().toISOString() };
    return registry.decide<Incident>(model, async (head) => {
      const found = await registry.get<Incident>(model, sk.incident(params.id));
      if (found === undefined) throw new NotFoundError(`model ${model} has no incident ${params.id}`);
      if (found.status === 'open') return closed(found, said, head);
      return said.keepWindows && !found.keepWindows ? windowsKept(found, said) : { answer: found };
    });
  },
);

/** What a person says of an incident. */
interface Said extends WindowsKept {
  readonly actor: string;
  readonly keepWindows?: boolean | undefined;
}

function closed(
  found: Incident,
  { at, by, actor, reason, keepWindows }: Said,
  head: Head | undefined,
): Decision<Incident> {
  const answer: Incident = {
    ...found,
    status: 'closed',
    closedAt: at,
    closedBy: by,
    reason,
    ...(keepWindows !== undefined && { keepWindows }),
  };
  const facts = { ...factsOf(found), reason, keepWindows: keepWindows ?? false };
  return {
    answer,
    entry: { at, actor, action: 'incident-closed', subject: `incident/${found.id}`, facts },
    head: { openIncidents: Math.max(0, (head?.openIncidents ?? 0) - 1) },
    writes: [{ sk: sk.incident(found.id), item: answer, condition: 'present' }],
  };
}

/** Clean windows may close an incident before anyone looks at it; whether its windows are good stays a person's to say. */
function windowsKept(found: Incident, { at, by, actor, reason }: Said): Decision<Incident> {
  const answer: Incident = { ...found, keepWindows: true, kept: { at, by, reason } };
  const facts = { ...factsOf(found), reason };
  return {
    answer,
    entry: { at, actor, action: 'incident-windows-kept', subject: `incident/${found.id}`, facts },
    writes: [{ sk: sk.incident(found.id), item: answer, condition: 'present' }],
  };
}

function factsOf({ kind, summary, windows = [] }: Incident) {
  return { kind, summary, windows: windows.length };
}

export const incidentRoutes = [list, close];
