import { z } from '@hono/zod-openapi';
import { actorOf } from '../../../lib/domain/roles.ts';
import { ofModel } from '../access.ts';
import { route } from '../route.ts';
import { modelParams, reason } from '../schemas/fields.ts';

const set = route(
  {
    method: 'post',
    path: '/models/{model}/kill-switch',
    summary: 'stop, or allow again, that machines start retraining',
    access: { roles: ['operator'], scope: ofModel },
    params: modelParams,
    body: z.strictObject({ on: z.boolean(), reason }),
    answer: z.object({ model: z.string(), killSwitch: z.boolean() }),
  },
  async ({ model, body, principal }, { registry, now }) => {
    const at = now().toISOString();
    const answer = { model, killSwitch: body.on };
    return registry.decide(model, (head) =>
      head?.killSwitch === body.on
        ? { answer }
        : {
            answer,
            entry: {
              at,
              actor: actorOf(principal),
              action: 'kill-switch-set',
              subject: `model/${model}`,
              facts: { on: body.on, reason: body.reason },
            },
            head: { killSwitch: body.on },
          },
    );
  },
);

export const killSwitchRoutes = [set];
