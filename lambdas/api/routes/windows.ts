import { z } from '@hono/zod-openapi';
import type { DriftWindow, QualityWindow } from '../../../lib/domain/registry/window.ts';
import type { Registry } from '../../../lib/stores/registry.ts';
import { skPrefix } from '../../../lib/stores/sort-keys.ts';
import { ofModel } from '../access.ts';
import { route } from '../route.ts';
import { isoTime, modelParams } from '../schemas/fields.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { window } from '../schemas/window.ts';

const windowQuery = pageQuery.extend({
  /** Windows that begin at or after. */
  from: isoTime.optional(),
  /** Windows that begin before. */
  to: isoTime.optional(),
  kind: z.enum(['drift', 'quality']).optional(),
  version: z.coerce.number().int().min(1).optional(),
});
type Query = z.output<typeof windowQuery>;
type Window = DriftWindow | QualityWindow;

const list = route(
  {
    method: 'get',
    path: '/models/{model}/windows',
    summary: 'drift and quality, window by window, oldest first',
    access: { roles: ['viewer'], scope: ofModel },
    params: modelParams,
    query: windowQuery,
    answer: pageOf(window),
  },
  async ({ model, query }, { registry }) => {
    const page = await matching(model, query, registry);
    return { items: page.items, ...(page.cursor !== undefined && { cursor: page.cursor }) };
  },
);

/** Reads on until something matches, so that a filter does not answer empty pages. */
async function matching(
  model: string,
  query: Query,
  registry: Registry,
): Promise<{ items: Window[]; cursor?: string }> {
  let { cursor } = query;
  for (;;) {
    const page = await registry.list<Window>(model, skPrefix.window, {
      limit: query.limit,
      ...(cursor !== undefined && { cursor }),
    });
    const items = page.items.filter((w) => matches(w, query));
    if (items.length > 0 || page.cursor === undefined)
      return { items, ...(page.cursor !== undefined && { cursor: page.cursor }) };
    cursor = page.cursor;
  }
}

function matches(window: Window, { from, to, kind, version }: Query): boolean {
  const start = Date.parse(window.start);
  return (
    (from === undefined || start >= Date.parse(from)) &&
    (to === undefined || start < Date.parse(to)) &&
    (kind === undefined || window.kind === kind) &&
    (version === undefined || window.version === version)
  );
}

export const windowRoutes = [list];
