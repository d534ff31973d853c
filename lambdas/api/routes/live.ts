import { z } from '@hono/zod-openapi';
import { InvalidInputError } from '../../../lib/domain/errors.ts';
import { entryBody, type LedgerEntry } from '../../../lib/domain/ledger.ts';
import type { Page, Registry } from '../../../lib/stores/registry/registry.ts';
import { skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofEvidence } from '../access.ts';
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
    }),
  },
  async ({ model, query }, { registry, now }) => {
    const today = now().toISOString();
    const at = query.at ?? today;
    if (at > today)
      throw new InvalidInputError('which version will answer is not known', {
        details: [{ path: 'query.at', message: `must be at most now, ${today}, got ${at}` }],
      });
    return { model, at, ...(await championAt(model, at, registry)) };
  },
);

async function championAt(
  model: string,
  at: string,
  registry: Registry,
): Promise<{ version?: number; since?: string }> {
  let cursor: string | undefined;
  do {
    const page: Page<LedgerEntry> = await registry.list<LedgerEntry>(model, skPrefix.ledger, {
      newestFirst: true,
      ...(cursor !== undefined && { cursor }),
    });
    for (const body of page.items.map(entryBody)) {
      if (body.at > at) continue;
      if (body.action === 'model-deleted') return {};
      if (body.action === 'champion-changed') return { version: Number(body.facts.version), since: body.at };
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return {};
}

export const liveRoutes = [get];
