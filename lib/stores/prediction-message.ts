import { gunzipSync, gzipSync } from 'node:zlib';
import type { PredictionRecord } from '../domain/predictions/record.ts';
import type { Refusal } from '../domain/predictions/refusal.ts';
import { MAX_LOG_MESSAGE_BYTES } from '../names.ts';

/** One message of the prediction queue, opened: what was served of a call. */
export interface PredictionMessage {
  readonly model: string;
  readonly version: number;
  readonly records: readonly PredictionRecord[];
}

/** The other kind of message: a call that was refused. */
export interface RefusalMessage {
  readonly model: string;
  readonly version: number;
  readonly refusal: Refusal;
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

export function packRefusal({ model, version, refusal }: RefusalMessage): string {
  return JSON.stringify({ v: 1, model, version, refusal });
}

/** @throws Error for a body that neither `packPredictions` nor `packRefusal` made */
export function unpackMessage(body: string): PredictionMessage | RefusalMessage {
  const { v, model, version, rows, refusal } = JSON.parse(body) as Record<string, unknown>;
  if (v === 1 && typeof model === 'string' && typeof version === 'number') {
    if (typeof rows === 'string') return { model, version, records: unzipped(rows) };
    if (refusal !== undefined) return { model, version, refusal: refusal as Refusal };
  }
  throw new Error(
    `a prediction message must be of version 1 with model, version and rows or a refusal, got ${v}`,
  );
}

function unzipped(rows: string): readonly PredictionRecord[] {
  return JSON.parse(gunzipSync(Buffer.from(rows, 'base64')).toString()) as PredictionRecord[];
}
