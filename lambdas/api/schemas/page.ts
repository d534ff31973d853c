import { z } from '@hono/zod-openapi';
import type { Page, PageRequest } from '../../../lib/stores/registry/registry.ts';

const MAX_PAGE = 1000;

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(100),
  cursor: z.string().max(2000).optional(),
});

/** One page of a list; without a cursor it is the last. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), cursor: z.string().optional() });
}

export function pageRequest(query: z.output<typeof pageQuery>): PageRequest {
  return { limit: query.limit, ...(query.cursor !== undefined && { cursor: query.cursor }) };
}

/** The same page of other items. */
export function mapPage<T, U>(page: Page<T>, map: (item: T) => U): { items: U[]; cursor?: string } {
  return { items: page.items.map(map), ...(page.cursor !== undefined && { cursor: page.cursor }) };
}
