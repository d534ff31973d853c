import { z } from '@hono/zod-openapi';
import { FAULT_CAUSES, type FoundCause } from '../../../lib/domain/causes/cause.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';

const badPart = z.object({ start: z.string(), end: z.string(), object: z.string().optional() });

export const foundCause: z.ZodType<FoundCause> = z
  .object({
    cause: z.enum([...FAULT_CAUSES, 'covariate-shift', 'concept-shift', 'too-few-rows', 'none']),
    columns: z.array(z.string()),
    evidence: z.string(),
    firstBad: badPart.optional(),
  })
  .openapi('Cause');

export const incident: z.ZodType<Incident> = z
  .object({
    model: z.string(),
    id: z.string(),
    kind: z.enum(['dataset-rejected', 'data-fault']),
    status: z.enum(['open', 'closed']),
    summary: z.string(),
    subject: z.string(),
    openedAt: z.string(),
    closedAt: z.string().optional(),
    closedBy: z.string().optional(),
    reason: z.string().optional(),
    cause: z.enum(FAULT_CAUSES).optional(),
    columns: z.array(z.string()).optional(),
    firstBad: badPart.optional(),
    windows: z.array(z.object({ version: z.number(), start: z.string(), end: z.string() })).optional(),
    keepWindows: z.boolean().optional(),
    kept: z.object({ at: z.string(), by: z.string(), reason: z.string() }).optional(),
  })
  .openapi('Incident');
