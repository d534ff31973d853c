import { z } from '@hono/zod-openapi';
import type { Signal } from '../../../lib/domain/registry/signal.ts';
import type { DriftWindow, QualityWindow } from '../../../lib/domain/registry/window.ts';
import { finding } from './dataset.ts';
import { columnDrift, jointDrift, presetReport, recentVerdict, segmentDrift, verdict } from './drift.ts';
import { metrics } from './fields.ts';
import { foundCause } from './incident.ts';
import { estimate, qualityFields } from './quality.ts';

const windowFields = z.object({
  model: z.string(),
  version: z.number(),
  start: z.string(),
  end: z.string(),
  rows: z.number(),
  revision: z.number(),
  scoredAt: z.string(),
});

const driftWindow: z.ZodType<DriftWindow> = windowFields
  .extend({
    kind: z.literal('drift'),
    verdict,
    alone: verdict.optional(),
    coverage: z.number().optional(),
    columns: z.array(columnDrift),
    priority: z.number().optional(),
    segments: z.array(segmentDrift).optional(),
    recent: z.array(recentVerdict).optional(),
    joint: jointDrift.optional(),
    preset: presetReport.optional(),
    shareDrifted: z.number(),
    explanation: z.string(),
    profileKey: z.string(),
    reportKey: z.string().optional(),
    sourcesHash: z.string(),
    estimate,
    findings: z.array(finding).optional(),
    causes: z.array(foundCause).optional(),
    signal: z.string().optional(),
  })
  .openapi('DriftWindow');

const qualityWindow: z.ZodType<QualityWindow> = windowFields
  .extend({
    kind: z.literal('quality'),
    labelled: z.number(),
    labelCoverage: z.number(),
    metrics,
    ...qualityFields,
    labelsHash: z.string(),
    datasetUploadId: z.string().optional(),
  })
  .openapi('QualityWindow');

export const window = z.union([driftWindow, qualityWindow]);

export const signal: z.ZodType<Signal> = z
  .object({
    model: z.string(),
    id: z.string(),
    kind: z.enum(['drift', 'schedule']),
    answer: z.union([
      z.object({ decision: z.literal('start'), runId: z.string() }),
      z.object({
        decision: z.literal('suppress'),
        because: z.enum([
          'open-incident',
          'run-in-progress',
          'cooldown',
          'daily-budget-spent',
          'monthly-budget-spent',
          'too-few-new-labels',
          'kill-switch',
          'no-champion',
          'disabled',
        ]),
        detail: z.string(),
      }),
    ]),
    answeredAt: z.string(),
  })
  .openapi('Signal');
