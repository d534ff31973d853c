import { InvalidInputError, TooLargeError } from '../../lib/domain/errors.ts';
import type { PredictionOutput, PredictionRecord } from '../../lib/domain/predictions/record.ts';
import { refusalOf } from '../../lib/domain/predictions/refusal.ts';
import type { RowProblem } from '../../lib/domain/predictions/row-check.ts';
import type { Row } from '../../lib/engine/result-rows.ts';
import { MAX_ROWS_PER_CALL, METRICS } from '../../lib/names.ts';
import type { Champion, PredictDeps } from './deps.ts';
import { inputsOf } from './inputs.ts';
import { invokeEndpoint } from './invoke-endpoint.ts';
import { logPredictions, logRefusal } from './log-predictions.ts';
import { recordsOf } from './records.ts';

/** What a call asks for: rows of the model's columns, all but the label. */
export interface PredictInput {
  readonly model: string;
  readonly rows: readonly unknown[];
}

export interface PredictAnswer {
  readonly model: string;
  readonly version: number;
  readonly predictions: readonly (PredictionOutput & {
    readonly predictionId: string;
    readonly id?: string;
  })[];
  /** True only when every row is durably queued for the log. */
  readonly logged: boolean;
}

/** Most problems that one answer lists. */
const MAX_PROBLEMS = 100;
/** A function has 25 s to answer; reading, checking and logging need some of them. */
const ENDPOINT_DEADLINE_MS = 17_000;

/**
 * Answers one call: checks the rows against the spec that the champion was trained with, computes its features, asks its endpoint
 * once for all rows and logs what was served. An answer that could not be logged is still given, and says so. What is wrong with rows
 * that are refused is logged as well: monitoring would else see no more than that nobody asks.
 * @throws InvalidInputError naming every bad field, TooLargeError, ConflictError without a champion, UnavailableError when the endpoint fails
 */
export async function predict({ model, rows }: PredictInput, deps: PredictDeps): Promise<PredictAnswer> {
  const receivedAt = deps.now();
  if (rows.length > MAX_ROWS_PER_CALL)
    throw new TooLargeError(`a call must have at most ${MAX_ROWS_PER_CALL} rows, got ${rows.length}`);
  const champion = await deps.champions(model);
  const problems = problemsOf(rows, champion, receivedAt.toISOString());
  if (problems.length > 0) {
    const refusal = refusalOf(rows, problems, champion.spec.schema.timeColumn, receivedAt.toISOString());
    await logRefusal({ model, version: champion.version, refusal }, deps);
    throw refused(problems, champion);
  }
  const inputs = inputsOf(rows as readonly Row[], champion.spec);
  const features = await champion.features.compute(inputs);
  const outputs = await invokeEndpoint({ model, champion, features, deadlineMs: ENDPOINT_DEADLINE_MS }, deps);
  const records = recordsOf(
    { champion, inputs, features, outputs, receivedAt, answeredAt: deps.now() },
    deps,
  );
  const logged = await logPredictions({ model, version: champion.version, records }, deps);
  deps.metrics.emit(METRICS.predictionsServed, records.length, 'Count', { Model: model });
  return { model, version: champion.version, predictions: records.map(predictionOf), logged };
}

function problemsOf(
  rows: readonly unknown[],
  { check }: Champion,
  receivedAt: string,
): readonly RowProblem[] {
  if (rows.length === 0)
    throw new InvalidInputError('a call needs rows', {
      details: [{ path: 'rows', message: 'must not be empty' }],
    });
  return check(rows, receivedAt);
}

function refused(problems: readonly RowProblem[], { version }: Champion): InvalidInputError {
  const listed = problems.length > MAX_PROBLEMS ? `; the first ${MAX_PROBLEMS} are listed` : '';
  const details = problems.slice(0, MAX_PROBLEMS).map(({ path, message }) => ({ path, message }));
  return new InvalidInputError(`the rows do not fit the spec of version ${version}${listed}`, { details });
}

function predictionOf({ predictionId, id, output }: PredictionRecord): PredictAnswer['predictions'][number] {
  return { predictionId, ...(id !== undefined && { id }), ...output };
}
