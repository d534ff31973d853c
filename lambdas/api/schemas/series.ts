import { z } from '@hono/zod-openapi';
import type { SeriesPoint } from '../../../lib/domain/monitoring/series.ts';
import { verdict } from './drift.ts';

export const seriesPoint: z.ZodType<SeriesPoint> = z
  .object({
    version: z.number(),
    start: z.string(),
    end: z.string(),
    rows: z.number(),
    value: z.number().optional(),
    lower: z.number().optional(),
    upper: z.number().optional(),
    verdict: verdict.optional(),
    coverage: z.number().optional(),
    estimate: z.number().optional(),
  })
  .openapi('SeriesPoint');
