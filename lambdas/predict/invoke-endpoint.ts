import { UnavailableError } from '../../lib/domain/errors.ts';
import type { PredictionOutput } from '../../lib/domain/predictions/record.ts';
import type { Row } from '../../lib/engine/result-rows.ts';
import { METRICS } from '../../lib/names.ts';
import { within } from './deadline.ts';
import type { Champion, PredictDeps } from './deps.ts';

export interface Invocation {
  readonly model: string;
  readonly champion: Champion;
  readonly features: readonly Row[];
  readonly deadlineMs: number;
}

/**
 * Asks the champion's endpoint once for all rows.
 * @throws UnavailableError when it fails, is late, or answers something else than one prediction a row
 */
export async function invokeEndpoint(
  { model, champion, features, deadlineMs }: Invocation,
  { endpoints, metrics, log, now }: PredictDeps,
): Promise<readonly PredictionOutput[]> {
  const columns = champion.features.columns.map((c) => c.name);
  const payload = { columns, rows: features.map((row) => columns.map((name) => row[name] ?? null)) };
  const startedMs = now().getTime();
  try {
    const late = () => new Error(`the endpoint must answer within ${deadlineMs} ms`);
    const answer = await within(endpoints.invoke(champion.endpointName, payload), deadlineMs, late);
    metrics.emit(METRICS.endpointLatencyMs, now().getTime() - startedMs, 'Milliseconds', { Model: model });
    return outputsOf(answer, features.length);
  } catch (error) {
    metrics.emit(METRICS.endpointErrors, 1, 'Count', { Model: model });
    log.error('the endpoint failed', { model, version: champion.version, error });
    throw new UnavailableError(`version ${champion.version} of model ${model} does not answer; try again`, {
      cause: error,
    });
  }
}

function outputsOf(answer: unknown, rows: number): readonly PredictionOutput[] {
  const predictions = (answer as { predictions?: unknown } | null)?.predictions;
  if (!Array.isArray(predictions) || predictions.length !== rows)
    throw new Error(
      `an endpoint must answer ${rows} predictions, got ${JSON.stringify(answer)?.slice(0, 200)}`,
    );
  return predictions.map(outputOf);
}

function outputOf(prediction: unknown): PredictionOutput {
  const { label, score, probabilities } = (prediction ?? {}) as Partial<PredictionOutput>;
  if (label === undefined || label === null || !Number.isFinite(score))
    throw new Error(`a prediction must have a label and a finite score, got ${JSON.stringify(prediction)}`);
  return { label, score: score as number, ...(probabilities && { probabilities }) };
}
