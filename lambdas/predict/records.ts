import { predictionId } from '../../lib/domain/predictions/prediction-id.ts';
import type { PredictionOutput, PredictionRecord } from '../../lib/domain/predictions/record.ts';
import type { Row } from '../../lib/engine/result-rows.ts';
import type { NewId } from '../../lib/runtime/clock.ts';
import type { Champion } from './deps.ts';

export interface ServedCall {
  readonly champion: Champion;
  readonly inputs: readonly Row[];
  readonly features: readonly Row[];
  readonly outputs: readonly PredictionOutput[];
  readonly receivedAt: Date;
  readonly answeredAt: Date;
}

/** What the log keeps of a call, one record a row. */
export function recordsOf(
  call: ServedCall,
  { newId }: { readonly newId: NewId },
): readonly PredictionRecord[] {
  const { champion, inputs, features, outputs } = call;
  const { version, spec } = champion;
  const receivedAt = call.receivedAt.toISOString();
  const latencyMs = call.answeredAt.getTime() - call.receivedAt.getTime();
  return outputs.map((output, i) => {
    const input = inputs[i] ?? {};
    const id = textOf(input, spec.schema.idColumn);
    const eventTime = textOf(input, spec.schema.timeColumn) ?? receivedAt;
    return {
      predictionId: predictionId(version, eventTime, newId()),
      ...(id !== undefined && { id }),
      eventTime,
      receivedAt,
      version,
      input,
      feature: features[i] ?? {},
      output,
      latencyMs,
    };
  });
}

function textOf(input: Row, column: string | undefined): string | undefined {
  const value = column === undefined ? undefined : input[column];
  return value === undefined || value === null ? undefined : String(value);
}
