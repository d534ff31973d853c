import { z } from '@hono/zod-openapi';
import { METRIC_NAMES } from '../../../lib/domain/spec.ts';

/** Parts of requests and answers that several routes speak of. */
export const modelParams = z.object({ model: z.string().max(40) });
export const modelIdParams = modelParams.extend({ id: z.string().min(1).max(200) });
export const modelVersionParams = modelParams.extend({ version: z.coerce.number().int().min(1) });

const writtenTime = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** An instant, a day being its midnight UTC; read as all that is stored writes it, so that the two compare as text. */
export const isoTime = z
  .string()
  .refine(
    (text) => writtenTime.safeParse(text).success,
    'must be like 2026-01-01T00:00:00Z or 2026-01-01, which is its midnight UTC',
  )
  .transform((text) => new Date(text).toISOString())
  .openapi({ example: '2013-07-01T00:00:00Z' });

/** Why a person does it; it stays in the ledger for ever, so it must say something. */
export const reason = z.string().trim().min(3).max(1000);

export const metrics = z.partialRecord(z.enum(METRIC_NAMES), z.number());

export const runError = z.object({ name: z.string(), cause: z.string(), step: z.string().optional() });

export const lease = z.object({ holder: z.string(), expiresAt: z.string() });

/** A file that a caller is about to upload. */
export const announcedFile = z.object({
  name: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be a file name of letters, digits, ., _ and -'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'),
  bytes: z.number().int().min(0).max(5_000_000_000),
});

export const uploadTarget = z
  .object({ name: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) })
  .openapi('UploadTarget', { description: 'where to PUT one file, with which headers' });
