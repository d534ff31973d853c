import { z } from '@hono/zod-openapi';
import { InvalidInputError, NotFoundError, UnavailableError } from '../../../lib/domain/errors.ts';
import { acceptLabels } from '../../../lib/domain/labels/accept-labels.ts';
import { MAX_LABELS_PER_CALL } from '../../../lib/domain/labels/label.ts';
import { labelMessages } from '../../../lib/domain/labels/messages.ts';
import type { ModelSpec } from '../../../lib/domain/spec.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
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
    const spec = await registry.get<ModelSpec>(model, sk.spec(head.specHash));
    if (spec === undefined) throw new NotFoundError(`spec ${head.specHash} of model ${model} is not stored`);
    const { labels, errors } = acceptLabels(body.labels, spec, now().toISOString());
    if (labels.length === 0)
      throw new InvalidInputError('none of the labels is valid', {
        details: errors.map((e) => ({ path: `labels.${e.index}.${e.path}`, message: e.message })),
      });
    const queued = await labelQueue.send(labelMessages(model, labels));
    if (queued.includes(false))
      throw new UnavailableError('the labels could not be queued; send them again, none counts twice');
    return { accepted: labels.length, errors: [...errors] };
  },
);

export const labelRoutes = [send];
