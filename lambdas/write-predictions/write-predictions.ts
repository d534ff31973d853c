import { gzipSync } from 'node:zlib';
import { contentHash } from '../../lib/domain/canonical-json.ts';
import type { PredictionRecord } from '../../lib/domain/predictions/record.ts';
import { keys } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { unpackPredictions } from '../../lib/stores/prediction-message.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';

export interface WritePredictionsDeps {
  readonly data: ObjectStore;
  readonly registry: Registry;
  readonly now: Now;
}

/** Hex digits of a content hash: 128 bits. */
const NAME_LENGTH = 32;

/**
 * Writes one queue message to the prediction log, one object an hour of event time, and raises the model's watermark.
 * The object is named by what is in it: predictions that are delivered again, by the same message or by another one that was sent for
 * the same call, find their object there and change nothing.
 */
export async function writePredictions(
  message: { readonly messageId: string; readonly body: string },
  { data, registry, now }: WritePredictionsDeps,
): Promise<void> {
  const { model, version, records } = unpackPredictions(message.body);
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
