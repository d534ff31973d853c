import { METRICS } from '../../lib/names.ts';
import { type PredictionMessage, packPredictions } from '../../lib/stores/prediction-message.ts';
import { within } from './deadline.ts';
import type { PredictDeps } from './deps.ts';

/** With the endpoint's share it stays within the 25 s of a call. */
const LOG_DEADLINE_MS = 5000;

/** Whether all records are durably queued; when not, the answer still goes out, and an alarm's metric moves. */
export async function logPredictions(
  message: PredictionMessage,
  { queue, metrics, log }: Pick<PredictDeps, 'queue' | 'metrics' | 'log'>,
): Promise<boolean> {
  const { model, version, records } = message;
  const sent = queue.send(packPredictions(message)).then((flags) => flags.every(Boolean));
  const logged = await within(sent, LOG_DEADLINE_MS, () => new Error('the queue is late')).catch((error) => {
    log.error('the queue failed', { model, version, error });
    return false;
  });
  if (!logged) metrics.emit(METRICS.predictionsUnlogged, records.length, 'Count', { Model: model });
  return logged;
}
