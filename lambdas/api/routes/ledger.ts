import { z } from '@hono/zod-openapi';
import { entryBody, type LedgerEntry, verifyChain } from '../../../lib/domain/ledger.ts';
import { listAll, type Registry } from '../../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofLedger } from '../access.ts';
import { actorNames } from '../actor-names.ts';
import { route } from '../route.ts';
import { modelParams } from '../schemas/fields.ts';
import { type EntryView, entryView, verification } from '../schemas/ledger.ts';
import { mapPage, pageOf, pageQuery, pageRequest } from '../schemas/page.ts';

const list = route(
  {
    method: 'get',
    path: '/models/{model}/ledger',
    summary: 'every decision about a model; with `after`, those that followed a sequence number',
    access: { roles: ['viewer'], scope: ofLedger },
    params: modelParams,
    query: pageQuery.extend({
      after: z.coerce.number().int().min(0).optional(),
      order: z.enum(['oldest', 'newest']).default('oldest'),
    }),
    answer: pageOf(entryView),
  },
  async ({ model, head, query }, { registry }) => {
    const names = await actorNames(registry);
    const view = (entry: LedgerEntry) => viewOf(entry, names);
    if (query.after !== undefined)
      return {
        items: (await following(model, query.after, query.limit, head.ledger.seq, registry)).map(view),
      };
    const page = { ...pageRequest(query), newestFirst: query.order === 'newest' };
    return mapPage(await registry.list<LedgerEntry>(model, skPrefix.ledger, page), view);
  },
);

const verify = route(
  {
    method: 'get',
    path: '/models/{model}/ledger/verification',
    summary: 'recompute the whole chain and name the first broken entry',
    access: { roles: ['viewer'], scope: ofLedger },
    params: modelParams,
    answer: verification,
  },
  async ({ model, head }, { registry }) => {
    // Entries that were added after the head was read belong to no head we know: they are left out.
    const entries = await listAll<LedgerEntry>(registry, model, skPrefix.ledger);
    return verifyChain(
      entries.filter((e) => e.seq <= head.ledger.seq),
      head.ledger,
    );
  },
);

/** Entries are numbered without gaps, so what follows one is read by key. */
async function following(
  model: string,
  after: number,
  limit: number,
  newest: number,
  registry: Registry,
): Promise<readonly LedgerEntry[]> {
  const count = Math.max(0, Math.min(limit, newest - after));
  const wanted = Array.from({ length: count }, (_, i) => after + 1 + i);
  const entries = await Promise.all(wanted.map((seq) => registry.get<LedgerEntry>(model, sk.ledger(seq))));
  return entries.filter((e) => e !== undefined);
}

function viewOf(entry: LedgerEntry, names: ReadonlyMap<string, string>): EntryView {
  const { model, seq, hash, prevHash } = entry;
  const { inputs, outputs, ...body } = entryBody(entry);
  const actorName = names.get(body.actor);
  return {
    model,
    seq,
    hash,
    prevHash,
    ...body,
    ...(actorName && { actorName }),
    inputs: [...inputs],
    outputs: [...outputs],
  };
}

export const ledgerRoutes = [list, verify];
