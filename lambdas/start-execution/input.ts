import { z } from 'zod';
import { UPLOAD_MANIFEST } from '../../lib/names.ts';

/** What to start: the pipeline, the ids that name the execution, and its input. */
export interface StartExecutionInput {
  readonly pipeline: 'intake' | 'training' | 'release' | 'retirement';
  readonly name: readonly (string | number)[];
  readonly input: { readonly model: string } & Readonly<Record<string, string | number>>;
}

const model = z.string().min(1);
const entryOf = (actions: readonly string[], kind: string) =>
  z.looseObject({
    'detail-type': z.enum(actions),
    detail: z.looseObject({
      model,
      subject: z
        .string()
        .startsWith(`${kind}/`)
        .transform((s) => s.slice(kind.length + 1)),
      facts: z.looseObject({ attempt: z.number().int().positive() }),
    }),
  });

const training = entryOf(['run-started', 'run-restarted'], 'run').transform(
  ({ detail: d }): StartExecutionInput => {
    const { attempt } = d.facts;
    return {
      pipeline: 'training',
      name: [d.subject, attempt],
      input: { model: d.model, runId: d.subject, attempt },
    };
  },
);

const release = entryOf(['release-started'], 'release').transform(({ detail: d }): StartExecutionInput => {
  const { attempt } = d.facts;
  return {
    pipeline: 'release',
    name: [d.subject, attempt],
    input: { model: d.model, releaseId: d.subject, attempt },
  };
});

const retirement = entryOf(['retirement-started'], 'version').transform(
  ({ detail: d }): StartExecutionInput => {
    const { attempt } = d.facts;
    const version = Number(d.subject);
    return {
      pipeline: 'retirement',
      name: [`${d.model}-v${version}`, attempt],
      input: { model: d.model, version, attempt },
    };
  },
);

/** Keys are `landing/<model>/<uploadId>/_manifest.json`. */
const manifestKey = new RegExp(`^landing/([^/]+)/([^/]+)/${UPLOAD_MANIFEST.replace('.', '\\.')}$`);

const intake = z
  .looseObject({
    'detail-type': z.literal('Object Created'),
    detail: z.looseObject({ object: z.looseObject({ key: z.string().regex(manifestKey) }) }),
  })
  .transform(({ detail }): StartExecutionInput => {
    const [, of = '', uploadId = ''] = manifestKey.exec(detail.object.key) ?? [];
    return { pipeline: 'intake', name: [of, uploadId], input: { model: of, uploadId } };
  });

/** An entry of the ledger that starts an execution, or S3's event of a completed upload. */
export const startExecutionInput = z.union([training, release, retirement, intake]);
