import { z } from '@hono/zod-openapi';
import type { Finding } from '../../../lib/domain/findings.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import { schemaColumn, schemaDiff } from './schema-diff.ts';

export const finding: z.ZodType<Finding> = z
  .object({
    rule: z.string(),
    alias: z
      .enum([
        'data_type_check',
        'completeness_check',
        'missing_column_check',
        'extra_column_check',
        'categorical_values_check',
      ])
      .optional(),
    constraint: z.string().optional(),
    column: z.string().optional(),
    object: z.string().optional(),
    severity: z.enum(['error', 'warning']),
    rows: z.number().optional(),
    share: z.number().optional(),
    interval: z.tuple([z.number(), z.number()]).optional(),
    message: z.string(),
    examples: z.array(z.object({ row: z.number(), value: z.unknown() })).optional(),
  })
  .openapi('Finding');

const datasetFields = z.object({
  model: z.string(),
  id: z.string(),
  uploadId: z.string(),
  origin: z.enum(['upload', 'labelled-predictions']),
  status: z.enum(['accepted', 'rejected']),
  rows: z.number(),
  coverage: z.number().optional(),
  bytes: z.number(),
  from: z.string().optional(),
  to: z.string().optional(),
  specHash: z.string(),
  findings: z.array(finding),
  objects: z.number(),
  schema: z.array(schemaColumn).readonly().optional(),
  schemaDiff: schemaDiff.extend({ since: z.string() }).optional(),
  manifestKey: z.string(),
  profileKey: z.string().optional(),
  createdAt: z.string(),
});

export const dataset: z.ZodType<DatasetVersion> = datasetFields.openapi('Dataset');

export const datasetWithProfile = datasetFields
  .extend({ profile: z.record(z.string(), z.unknown()).optional() })
  .openapi('DatasetWithProfile');

export const upload = z
  .object({
    uploadId: z.string(),
    status: z.enum(['open', 'processing', 'accepted', 'rejected', 'failed']),
    datasetId: z.string().optional(),
    dataset: dataset.optional(),
  })
  .openapi('Upload');
