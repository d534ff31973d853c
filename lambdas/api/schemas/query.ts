import { z } from '@hono/zod-openapi';

interface Range {
  readonly from?: string;
  readonly to?: string;
}

/**
 * A query as every route checks it: a key that it does not know is refused, since what was meant by it would be left out, and a
 * range of times does not end before it begins.
 */
export function checkedQuery(query: z.ZodObject = z.object({})): z.ZodObject {
  return query.strict().refine(isRange, { path: ['to'], message: 'must not be before from' });
}

/** Times are written alike by then, and sort as text. */
function isRange({ from, to }: Range): boolean {
  return from === undefined || to === undefined || from <= to;
}
