import { z } from '@hono/zod-openapi';
import type { Release } from '../../../lib/domain/registry/release.ts';
import type { Run } from '../../../lib/domain/registry/run.ts';
import { runError } from './fields.ts';

const trigger = z.union([
  z.object({ kind: z.literal('person'), token: z.string() }),
  z.object({ kind: z.enum(['drift', 'schedule']), signal: z.string() }),
]);

export const run: z.ZodType<Run> = z
  .object({
    model: z.string(),
    id: z.string(),
    status: z.enum(['running', 'awaiting-approval', 'releasing', 'closed']),
    outcome: z.enum(['promoted', 'rejected', 'failed']).optional(),
    attempt: z.number(),
    trigger,
    specHash: z.string(),
    from: z.string(),
    holdoutFrom: z.string(),
    to: z.string(),
    asOf: z.string(),
    datasets: z.array(z.string()),
    leftOut: z.array(z.object({ column: z.string(), datasets: z.number(), dataset: z.string() })).optional(),
    champion: z.number().optional(),
    version: z.number().optional(),
    startedAt: z.string(),
    closedAt: z.string().optional(),
    error: runError.optional(),
  })
  .openapi('Run');

export const release: z.ZodType<Release> = z
  .object({
    model: z.string(),
    id: z.string(),
    version: z.number(),
    kind: z.enum(['promotion', 'rollback']),
    status: z.enum(['running', 'completed', 'failed']),
    attempt: z.number(),
    runId: z.string().optional(),
    from: z.number().optional(),
    startedAt: z.string(),
    closedAt: z.string().optional(),
    error: runError.optional(),
  })
  .openapi('Release');
