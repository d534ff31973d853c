import { z } from '@hono/zod-openapi';
import { InvalidInputError, UnavailableError } from '../../../lib/domain/errors.ts';
import { acceptLabels } from '../../../lib/domain/labels/accept-labels.ts';
import { MAX_LABELS_PER_CALL } from '../../../lib/domain/labels/label.ts';
import { labelMessages } from '../../../lib/domain/labels/messages.ts';
import type { Head } from '../../../lib/domain/registry/head.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import type { ModelSpec } from '../../../lib/domain/spec.ts';
import type { Registry } from '../../../lib/stores/registry/registry.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredSpec } from '../../../lib/stores/required.ts';
import { ofModel } from '../access.ts';
import { route } from '../route.ts';
import { modelParams } from '../schemas/fields.ts';

const labelError = z.object({ index: z.number(), path: z.string(), message: z.string() });

const send = route(
  {
    method: 'post',
    path: '/models/{model}/labels',
    summary: 'ground truth of earlier predictions; safe to send again, in any order',
    access: { roles: ['caller'], scope: ofModel },
    params: modelParams,
    body: z.strictObject({ labels: z.array(z.unknown()).min(1).max(MAX_LABELS_PER_CALL) }),
    status: 202,
    answer: z.object({ accepted: z.number(), errors: z.array(labelError) }),
  },
  async ({ model, head, body }, { registry, labelQueue, now }) => {
    const specs = await specsOfLabels(head, registry);
    const { labels, errors } = acceptLabels(body.labels, specs, now().toISOString());
    if (labels.length === 0)
      throw new InvalidInputError('none of the labels is valid', {
        details: errors.map((e) => ({
          path: ['labels', e.index, e.path].filter((part) => part !== '').join('.'),
          message: e.message,
        })),
      });
    const queued = await labelQueue.send(labelMessages(model, labels));
    if (queued.includes(false))
      throw new UnavailableError('the labels could not be queued; send them again, none counts twice');
    return { accepted: labels.length, errors: [...errors] };
  },
);

/** The newest spec, and those of the versions that serve or served last: a label is of what one of them answered. */
async function specsOfLabels(
  { model, specHash, champion, previousChampion }: Head,
  registry: Registry,
): Promise<readonly ModelSpec[]> {
  const numbers = [champion, previousChampion].filter((number) => number !== undefined);
  const versions = await Promise.all(
    numbers.map((number) => requiredItem<ModelVersion>(registry, model, sk.version(number))),
  );
  const hashes = new Set([specHash, ...versions.map((version) => version.specHash)]);
  return Promise.all([...hashes].map((hash) => requiredSpec(registry, model, hash)));
}

export const labelRoutes = [send];
