import type { Page, PageRequest } from '../../lib/stores/registry/registry.ts';

/** Reads on until something matches, so that a filter does not answer empty pages. */
export async function matching<T>(
  read: (page: PageRequest) => Promise<Page<T>>,
  query: { readonly limit: number; readonly cursor?: string | undefined },
  matches: (item: T) => boolean,
): Promise<{ items: T[]; cursor?: string }> {
  let { cursor } = query;
  for (;;) {
    const page = await read({ limit: query.limit, ...(cursor !== undefined && { cursor }) });
    const items = page.items.filter(matches);
    if (items.length > 0 || page.cursor === undefined)
      return { items, ...(page.cursor !== undefined && { cursor: page.cursor }) };
    cursor = page.cursor;
  }
}
