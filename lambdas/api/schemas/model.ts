import { z } from '@hono/zod-openapi';
import { specSchema } from '../../../lib/domain/spec.ts';
import { lease } from './fields.ts';
import { schemaDiff } from './schema-diff.ts';

const retraining = z.object({
  lastStartedAt: z.string().optional(),
  day: z.string().optional(),
  startedInDay: z.number(),
  month: z.string().optional(),
  startedInMonth: z.number(),
  labelledUntil: z.string().optional(),
});

/** A model's head: where it stands. */
export const modelSummary = z
  .object({
    model: z.string(),
    specHash: z.string(),
    champion: z.number().optional(),
    previousChampion: z.number().optional(),
    nextVersion: z.number(),
    runLock: lease.optional(),
    releaseLock: lease.optional(),
    killSwitch: z.boolean(),
    openIncidents: z.number(),
    retraining,
    ledger: z.object({ seq: z.number(), hash: z.string() }),
    createdAt: z.string(),
  })
  .openapi('ModelSummary');

export const modelView = modelSummary.extend({ spec: specSchema }).openapi('Model');

export const specApplied = z.object({
  model: z.string(),
  specHash: z.string(),
  changed: z.boolean(),
  /** Of its schema against that of the spec before; absent for a new model. */
  schemaDiff: schemaDiff.optional(),
});

export const deletion = z.object({
  dryRun: z.boolean(),
  model: z.string(),
  removes: z.object({ endpoints: z.array(z.string()), schedules: z.array(z.string()) }),
  /** Evidence: what was decided and on what. */
  keeps: z.object({ versions: z.number(), datasets: z.number(), ledgerEntries: z.number() }),
});
