import { handle } from 'hono/aws-lambda';
import { inferSchemaAlone } from '../../lib/engine/read/infer-schema.ts';
import { checkSql } from '../../lib/engine/spec-sql/check-sql.ts';
import { randomId, systemNow } from '../../lib/runtime/clock.ts';
import { environment } from '../../lib/runtime/environment.ts';
import { logger } from '../../lib/runtime/logger.ts';
import { wireEndpoints } from '../../lib/runtime/wiring/endpoints.ts';
import { wireExecutions } from '../../lib/runtime/wiring/executions.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireQueue } from '../../lib/runtime/wiring/queue.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { tokenStore } from '../../lib/stores/registry/tokens.ts';
import { createApp } from './app.ts';

const { stage, release } = environment('stage', 'release');
const registry = wireRegistry();

export const handler = handle(
  createApp({
    registry,
    tokens: tokenStore(registry),
    landing: wireObjects('landing'),
    artifacts: wireObjects('artifacts'),
    labelQueue: wireQueue('label'),
    executions: wireExecutions(),
    endpoints: wireEndpoints(),
    inferSchema: inferSchemaAlone,
    checkSql,
    stage,
    release,
    now: systemNow,
    newId: randomId,
    log: logger('api'),
  }),
);
