import { z } from '@hono/zod-openapi';
import { ConflictError, NotFoundError } from '../../../lib/domain/errors.ts';
import { mayRetire } from '../../../lib/domain/retirement/retirement.ts';
import { actorOf } from '../../../lib/domain/roles.ts';
import { releaseInProgress } from '../../../lib/stores/registry/release-in-progress.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { ofModel } from '../access.ts';
import { route } from '../route.ts';
import { modelVersionParams, reason } from '../schemas/fields.ts';
import { versionOf } from './versions.ts';

const retirement = z.object({ model: z.string(), version: z.number(), attempt: z.number() });

const start = route(
  {
    method: 'post',
    path: '/models/{model}/versions/{version}/retire',
    summary: 'end a version for good: its endpoint goes, its record stays',
    access: { roles: ['operator'], scope: ofModel },
    params: modelVersionParams,
    body: z.strictObject({ reason }),
    status: 202,
    answer: retirement,
  },
  async ({ model, params, body, principal }, { registry, now }) => {
    const at = now().toISOString();
    return registry.decide<z.output<typeof retirement>>(model, async (head) => {
      const version = await versionOf(model, params.version, registry);
      const { number } = version;
      if (head === undefined) throw new NotFoundError(`model ${model} has no version ${number}`);
      if (version.status === 'retired') throw new ConflictError(`version ${number} is retired already`);
      const verdict = mayRetire(version, head, await releaseInProgress(head, registry));
      if (!verdict.allowed) throw new ConflictError(verdict.reason);
      // The ledger counts on, so a retirement that failed can be asked for again under a new execution name.
      const attempt = head.ledger.seq + 1;
      return {
        answer: { model, version: number, attempt },
        entry: {
          at,
          actor: actorOf(principal),
          action: 'retirement-started',
          subject: `version/${number}`,
          inputs: [{ kind: 'version', id: `${model}/${number}` }],
          facts: { version: number, attempt, reason: body.reason },
        },
        // From now on no release of it starts, so what is checked here holds until its endpoint is gone.
        writes: [{ sk: sk.version(number), item: { ...version, status: 'retiring' } }],
      };
    });
  },
);

export const retirementRoutes = [start];
