import { METRICS } from '../../lib/names.ts';
import {
  type PredictionMessage,
  packPredictions,
  packRefusal,
  type RefusalMessage,
} from '../../lib/stores/prediction-message.ts';
import { within } from './deadline.ts';
import type { PredictDeps } from './deps.ts';

/** With the endpoint's share it stays within the 25 s of a call. */
const LOG_DEADLINE_MS = 5000;

type LogDeps = Pick<PredictDeps, 'queue' | 'metrics' | 'log'>;

/** Whether all records are durably queued; when not, the answer still goes out, and an alarm's metric moves. */
export async function logPredictions(message: PredictionMessage, deps: LogDeps): Promise<boolean> {
  const { model, records } = message;
  const logged = await queued(message, packPredictions(message), deps);
  if (!logged) deps.metrics.emit(METRICS.predictionsUnlogged, records.length, 'Count', { Model: model });
  return logged;
}

/** Queues what was wrong with a refused call; when that fails, the call is refused all the same, and only this one is not counted. */
export async function logRefusal(message: RefusalMessage, deps: LogDeps): Promise<void> {
  await queued(message, [packRefusal(message)], deps);
}

async function queued(
  { model, version }: { readonly model: string; readonly version: number },
  bodies: readonly string[],
  { queue, log }: LogDeps,
): Promise<boolean> {
  const sent = queue.send(bodies).then((flags) => flags.every(Boolean));
  return within(sent, LOG_DEADLINE_MS, () => new Error('the queue is late')).catch((error) => {
    log.error('the queue failed', { model, version, error });
    return false;
  });
}
