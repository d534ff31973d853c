import { z } from 'zod';

/** Enough for a year of hourly files; a larger dataset comes in several uploads. */
const MAX_FILES = 10_000;

const file = z.strictObject({
  /** File name relative to the upload's folder: no path climbs out of it, none hides. */
  key: z
    .string()
    .max(512)
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._=-]*(\/[A-Za-z0-9][A-Za-z0-9._=-]*)*$/,
      'must be a relative path of plain names',
    ),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits'),
  bytes: z.number().int().nonnegative(),
});

/** What `_manifest.json` says: it comes last and completes an upload. */
export const uploadManifestSchema = z
  .strictObject({
    files: z.array(file).min(1).max(MAX_FILES),
    origin: z.enum(['upload', 'labelled-predictions']).default('upload'),
    /** The spec that its rows were written by, and are judged by; by default the model's newest. */
    specHash: z.string().min(1).optional(),
    /** What an exported window was when it was written, for the decision that follows. */
    exported: z
      .strictObject({
        until: z.iso.datetime(),
        labelled: z.number().int().nonnegative(),
        rows: z.number().int().nonnegative(),
        influenced: z.number().int().nonnegative(),
        correctionsHash: z.string().optional(),
      })
      .optional(),
  })
  .superRefine(({ files }, ctx) => {
    const keys = files.map((f) => f.key);
    keys.forEach((key, i) => {
      if (keys.indexOf(key) !== i)
        ctx.addIssue({ code: 'custom', path: ['files', i, 'key'], message: `is listed twice: ${key}` });
    });
  });

export type UploadManifest = z.output<typeof uploadManifestSchema>;
