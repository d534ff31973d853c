import { gzipSync } from 'node:zlib';
import { contentHash } from '../../lib/domain/canonical-json.ts';
import type { PredictionRecord } from '../../lib/domain/predictions/record.ts';
import { keys } from '../../lib/names.ts';
import { type PredictionMessage, unpackMessage } from '../../lib/stores/prediction-message.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import type { WritePredictionsDeps } from './deps.ts';
import { writeRefusal } from './write-refusal.ts';

/** Hex digits of a content hash: 128 bits. */
const NAME_LENGTH = 32;

/** Writes one queue message to the prediction log: what was served, or why a call was refused. */
export async function writePredictions(
  { messageId, body }: { readonly messageId: string; readonly body: string },
  deps: WritePredictionsDeps,
): Promise<void> {
  const message = unpackMessage(body);
  await ('refusal' in message ? writeRefusal(messageId, message, deps) : writeServed(message, deps));
}

/**
 * One object an hour of event time; then the model's watermark is raised.
 * The object is named by what is in it: predictions that are delivered again, by the same message or by another one that was sent for
 * the same call, find their object there and change nothing.
 */
async function writeServed(
  { model, version, records }: PredictionMessage,
  { data, registry, now }: WritePredictionsDeps,
): Promise<void> {
  for (const [hour, group] of byHour(records)) {
    const [date = '', hh = ''] = hour.split('T');
    const name = contentHash(group).slice(0, NAME_LENGTH);
    await data.putOnce(keys.predictions(model, version, date, hh, name), jsonLines(group));
  }
  // After the objects: marks must never promise what is not there yet. Also when they were there: whoever wrote them may have died here.
  for (const date of new Set(records.map(({ eventTime }) => eventTime.slice(0, 10))))
    await registry.raise(model, sk.served(version, date), 'at', now().toISOString(), { date });
  const times = records.map((record) => record.eventTime).sort();
  const newest = times.at(-1);
  const latest = now().toISOString();
  if (newest !== undefined)
    await registry.raise(model, sk.watermark, 'eventTime', [newest, latest].sort()[0] ?? latest, {
      raisedAt: latest,
    });
}

function byHour(records: readonly PredictionRecord[]): ReadonlyMap<string, readonly PredictionRecord[]> {
  return Map.groupBy(records, (record) => record.eventTime.slice(0, 13));
}

function jsonLines(records: readonly PredictionRecord[]): Uint8Array {
  return gzipSync(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}
