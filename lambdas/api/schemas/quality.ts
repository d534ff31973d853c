import { z } from '@hono/zod-openapi';
import { fairnessReportSchema } from '../../../lib/domain/fairness/fairness-report.ts';
import { estimateErrorsSchema, estimateRecordSchema } from '../../../lib/domain/quality/estimate-error.ts';
import { estimatedQualitySchema } from '../../../lib/domain/quality/estimated-quality.ts';
import { intervalSchema } from '../../../lib/domain/quality/interval.ts';
import { qualityChangeSchema } from '../../../lib/domain/quality/quality-change.ts';
import { labelFactsSchema } from '../../../lib/domain/quality/window-quality.ts';
import { METRIC_NAMES } from '../../../lib/domain/spec.ts';

export const estimate = estimatedQualitySchema.optional();
export const fairness = fairnessReportSchema.optional();
export const estimateRecord = estimateRecordSchema.optional();

/** What a measured window says beyond its metrics; schemas of the domain itself. */
export const qualityFields = {
  intervals: z.partialRecord(z.enum(METRIC_NAMES), intervalSchema).optional(),
  labels: labelFactsSchema.optional(),
  estimate,
  estimateErrors: estimateErrorsSchema.optional(),
  changes: z.array(qualityChangeSchema).optional(),
  fairness,
};
