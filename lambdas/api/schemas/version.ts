import { z } from '@hono/zod-openapi';
import type { GateResult } from '../../../lib/domain/evaluation/gate-result.ts';
import type { Approval } from '../../../lib/domain/registry/approval.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import { GATED_BIAS } from '../../../lib/domain/spec/bias-gate.ts';
import { METRIC_NAMES, specSchema } from '../../../lib/domain/spec.ts';
import { metrics } from './fields.ts';
import { estimateRecord, fairness } from './quality.ts';

const gateResult: z.ZodType<GateResult> = z
  .object({
    gate: specSchema.shape.evaluation.shape.gates.element,
    verdict: z.enum(['pass', 'fail', 'not-measurable']),
    metric: z.enum([...METRIC_NAMES, ...GATED_BIAS]),
    challenger: z.number().optional(),
    required: z.number().optional(),
    reason: z.string(),
  })
  .openapi('GateResult');

export const version: z.ZodType<ModelVersion> = z
  .object({
    model: z.string(),
    number: z.number(),
    status: z.enum(['candidate', 'approved', 'rejected', 'in-service', 'previous', 'retiring', 'retired']),
    runId: z.string(),
    specHash: z.string(),
    featuresHash: z.string(),
    codeHash: z.string(),
    image: z.string(),
    modelDataUrl: z.string(),
    metrics,
    baselineMetrics: metrics,
    championMetrics: metrics.optional(),
    golden: z
      .object({ dataset: z.string(), rows: z.number(), metrics, championMetrics: metrics.optional() })
      .optional(),
    holdoutRows: z.number(),
    gates: z.array(gateResult),
    binningKey: z.string(),
    referenceProfileKey: z.string(),
    calibrationKey: z.string().optional(),
    importance: z.record(z.string(), z.number()).optional(),
    presetThresholds: z.record(z.string(), z.number()).optional(),
    estimateRecord,
    fairness,
    trainedUntil: z.string(),
    createdAt: z.string(),
    inServiceSince: z.string().optional(),
    retiredAt: z.string().optional(),
  })
  .openapi('Version');

export const approval: z.ZodType<Approval> = z
  .object({
    model: z.string(),
    id: z.string(),
    version: z.number(),
    runId: z.string(),
    status: z.enum(['open', 'approved', 'rejected']),
    starter: z.string().optional(),
    requestedAt: z.string(),
    decidedBy: z.string().optional(),
    decidedAt: z.string().optional(),
    reason: z.string().optional(),
  })
  .openapi('Approval');
