import { createFeatures } from '../../lib/engine/features/features.ts';
import { randomId, systemNow } from '../../lib/runtime/clock.ts';
import { environment } from '../../lib/runtime/environment.ts';
import { logger } from '../../lib/runtime/logger.ts';
import { embeddedMetrics } from '../../lib/runtime/metrics.ts';
import { wireInvoke } from '../../lib/runtime/wiring/invoke.ts';
import { wireQueue } from '../../lib/runtime/wiring/queue.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { championsOf } from './champions.ts';
import { inputOf, type PredictEvent, respond, respondError } from './http.ts';
import { predict } from './predict.ts';

const { stage } = environment('stage');
const log = logger('predict');
const clocks = { now: systemNow, newId: randomId };
const deps = {
  ...clocks,
  log,
  champions: championsOf({ ...clocks, registry: wireRegistry(), createFeatures, stage }),
  endpoints: { invoke: wireInvoke() },
  queue: wireQueue('prediction'),
  metrics: embeddedMetrics(),
};

export async function handler(event: PredictEvent) {
  try {
    return respond(200, await predict(inputOf(event), deps));
  } catch (error) {
    const answer = respondError(error);
    if (answer.statusCode === 500)
      log.error('a call failed', { requestId: event.requestContext.requestId, error });
    return answer;
  }
}
