import { gunzipSync, gzipSync } from 'node:zlib';
import type { PredictionRecord } from '../domain/predictions/record.ts';
import { MAX_LOG_MESSAGE_BYTES } from '../names.ts';

/** One message of the prediction queue, opened. */
export interface PredictionMessage {
  readonly model: string;
  readonly version: number;
  readonly records: readonly PredictionRecord[];
}

/** The bodies that carry the records of one call: one, or halves of it until each fits. */
export function packPredictions(message: PredictionMessage): readonly string[] {
  const { model, version, records } = message;
  const rows = gzipSync(JSON.stringify(records)).toString('base64');
  const body = JSON.stringify({ v: 1, model, version, rows });
  if (body.length <= MAX_LOG_MESSAGE_BYTES || records.length === 1) return [body];
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)].flatMap((half) =>
    packPredictions({ ...message, records: half }),
  );
}

/** @throws Error for a body that `packPredictions` did not make */
export function unpackPredictions(body: string): PredictionMessage {
  const { v, model, version, rows } = JSON.parse(body) as Record<string, unknown>;
  if (v !== 1 || typeof model !== 'string' || typeof version !== 'number' || typeof rows !== 'string')
    throw new Error(`a prediction message must be of version 1 with model, version and rows, got ${v}`);
  const records = JSON.parse(gunzipSync(Buffer.from(rows, 'base64')).toString()) as PredictionRecord[];
  return { model, version, records };
}
