import { z } from '@hono/zod-openapi';
import type { ColumnDrift } from '../../../lib/domain/drift/column-drift.ts';
import type { JointScore } from '../../../lib/domain/drift/joint-drift.ts';
import type { PresetReport } from '../../../lib/domain/drift/preset-report.ts';
import type { SegmentDrift } from '../../../lib/domain/drift/segment-scores.ts';
import type { DriftCheck } from '../../../lib/domain/drift/verdict.ts';
import type { RecentVerdict } from '../../../lib/domain/drift/window-verdict.ts';

export const verdict = z.enum(['stable', 'watch', 'drifted', 'insufficient-data']);

const statistic = z.enum([
  'wasserstein',
  'jensen-shannon',
  'rate-change',
  'cohen-h',
  'missing-change',
  'unseen-share',
  'future-share',
]);

/** What a check measured; the column repeats it of the check that decided. */
const measured = {
  statistic,
  effect: z.number().optional(),
  lowerBound: z.number().optional(),
  upperBound: z.number().optional(),
  threshold: z.number(),
  detectable: z.number().optional(),
  minRows: z.number().optional(),
  pValue: z.number().optional(),
  verdict,
};

const check: z.ZodType<DriftCheck> = z
  .object({
    ...measured,
    aspect: z.enum(['values', 'rare-rate', 'missing', 'unseen', 'wording', 'age', 'future']),
    sentence: z.string(),
  })
  .openapi('DriftCheck');

const contribution = z.object({
  cell: z.string(),
  from: z.number().optional(),
  to: z.number().optional(),
  before: z.number(),
  after: z.number(),
  share: z.number(),
});

const evidence = z.object({
  since: z.string(),
  windows: z.number(),
  rows: z.number(),
  logE: z.number(),
  changed: z.boolean(),
  effect: z.number(),
  lowerBound: z.number(),
});

const explained = {
  contributions: z.array(contribution).optional(),
  shareOfShift: z.number().optional(),
  importance: z.number().optional(),
  priority: z.number().optional(),
  evidence: evidence.optional(),
  bySource: z
    .array(
      z.object({ source: z.string(), rows: z.number(), share: z.number(), object: z.string().optional() }),
    )
    .optional(),
};

export const columnDrift: z.ZodType<ColumnDrift> = z
  .object({
    ...measured,
    ...explained,
    column: z.string(),
    role: z.enum(['input', 'feature', 'prediction']),
    kind: z.enum(['numeric', 'categorical', 'boolean', 'text', 'timestamp']),
    confidence: z.number().optional(),
    rows: z.number(),
    checks: z.array(check),
    statistics: z.record(z.string(), z.number()),
    explanation: z.string(),
  })
  .openapi('ColumnDrift');

export const segmentDrift: z.ZodType<SegmentDrift> = z
  .object({
    by: z.string(),
    value: z.string().nullable(),
    rows: z.number(),
    column: z.string(),
    verdict,
    effect: z.number().optional(),
    lowerBound: z.number().optional(),
  })
  .openapi('SegmentDrift');

export const jointDrift: z.ZodType<JointScore> = z
  .object({
    columns: z.array(z.string()),
    rows: z.number(),
    effect: z.number(),
    lowerBound: z.number(),
    upperBound: z.number(),
    threshold: z.number(),
    detectable: z.number(),
    residualRatio: z.number().optional(),
    verdict,
    sentence: z.string(),
  })
  .openapi('JointDrift');

export const recentVerdict: z.ZodType<RecentVerdict> = z.object({ start: z.string(), verdict });

export const presetReport: z.ZodType<PresetReport> = z
  .object({
    preset: z.enum(['evidently', 'sagemaker', 'tfdv', 'nannyml']),
    drifted: z.boolean(),
    columns: z.array(
      z.object({
        column: z.string(),
        method: z.string(),
        score: z.number().optional(),
        threshold: z.number().optional(),
        drifted: z.boolean(),
      }),
    ),
  })
  .openapi('PresetReport');

export const driftReport = z
  .object({
    verdict,
    alone: verdict,
    explanation: z.string(),
    columns: z.array(columnDrift),
    segments: z.array(segmentDrift),
    recent: z.array(recentVerdict),
    joint: jointDrift.optional(),
    preset: presetReport.optional(),
  })
  .openapi('DriftReport');
