import { z } from '@hono/zod-openapi';
import { InvalidInputError } from '../../../lib/domain/errors.ts';
import { type Action, type EntryBody, entryBody, type LedgerEntry } from '../../../lib/domain/ledger.ts';
import type { Page, Registry } from '../../../lib/stores/registry/registry.ts';
import { skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofEvidence } from '../access.ts';
import { actorNames } from '../actor-names.ts';
import { route } from '../route.ts';
import { isoTime, modelParams } from '../schemas/fields.ts';

const get = route(
  {
    method: 'get',
    path: '/models/{model}/live',
    summary: 'which version answered at a time, by the ledger',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelParams,
    query: z.object({ at: isoTime.optional() }),
    answer: z.object({
      model: z.string(),
      at: z.string(),
      version: z.number().optional(),
      since: z.string().optional(),
      /** Who let it take the traffic, and why. */
      actor: z.string().optional(),
      actorName: z.string().optional(),
      reason: z.string().optional(),
    }),
  },
  async ({ model, query }, { registry, now }) => {
    const today = now().toISOString();
    const at = query.at ?? today;
    if (at > today)
      throw new InvalidInputError('which version will answer is not known', {
        details: [{ path: 'query.at', message: `must be at most now, ${today}, got ${at}` }],
      });
    const change = await newestBefore(at, model, registry, (e) => CHANGES.includes(e.action));
    if (change?.action !== 'champion-changed') return { model, at };
    const { version, releaseId } = change.facts;
    const decided = await newestBefore(at, model, registry, (e) => decides(e, releaseId));
    const { actor, facts } = decided ?? change;
    const actorName = (await actorNames(registry)).get(actor);
    return {
      model,
      at,
      version: Number(version),
      since: change.at,
      actor,
      ...(actorName && { actorName }),
      ...(typeof facts.reason === 'string' && { reason: facts.reason }),
    };
  },
);

const CHANGES: readonly Action[] = ['champion-changed', 'model-deleted'];

/** A promotion is decided when its release starts, a rollback when it happens. */
function decides({ action, facts }: EntryBody, releaseId: unknown): boolean {
  return action === 'release-started' && facts.releaseId === releaseId;
}

async function newestBefore(
  at: string,
  model: string,
  registry: Registry,
  matches: (entry: EntryBody) => boolean,
): Promise<EntryBody | undefined> {
  let cursor: string | undefined;
  do {
    const page: Page<LedgerEntry> = await registry.list<LedgerEntry>(model, skPrefix.ledger, {
      newestFirst: true,
      ...(cursor !== undefined && { cursor }),
    });
    const found = page.items.map(entryBody).find((entry) => entry.at <= at && matches(entry));
    if (found !== undefined) return found;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return undefined;
}

export const liveRoutes = [get];
