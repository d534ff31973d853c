import { z } from '@hono/zod-openapi';
import { route } from '../route.ts';

const get = route(
  {
    method: 'get',
    path: '/health',
    summary: 'whether the API answers',
    access: 'open',
    answer: z.object({ ok: z.literal(true) }),
  },
  async () => ({ ok: true as const }),
);

export const healthRoutes = [get];
