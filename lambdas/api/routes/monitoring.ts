import { z } from '@hono/zod-openapi';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import { ofModel } from '../access.ts';
import { route } from '../route.ts';
import { modelIdParams, modelParams } from '../schemas/fields.ts';

const start = route(
  {
    method: 'post',
    path: '/models/{model}/monitoring',
    summary: 'score the closed windows now, without waiting for the schedule',
    access: { roles: ['operator', 'builder'], scope: ofModel },
    params: modelParams,
    status: 202,
    answer: z.object({ id: z.string() }),
  },
  async ({ model, operationId }, { executions }) => {
    const id = `${model}-${operationId}`;
    await executions.start('monitoring', id, { model });
    return { id };
  },
);

const get = route(
  {
    method: 'get',
    path: '/models/{model}/monitoring/{id}',
    summary: 'whether a monitoring that was asked for has ended',
    access: { roles: ['viewer'], scope: ofModel },
    params: modelIdParams,
    answer: z.object({ id: z.string(), status: z.enum(['running', 'succeeded', 'failed']) }),
  },
  async ({ model, params: { id } }, { executions }) => {
    // The name begins with the model: no other model's executions can be looked at.
    const status = id.startsWith(`${model}-`) ? await executions.describe('monitoring', id) : undefined;
    if (status === undefined) throw new NotFoundError(`model ${model} has no monitoring ${id}`);
    return { id, status };
  },
);

export const monitoringRoutes = [start, get];
