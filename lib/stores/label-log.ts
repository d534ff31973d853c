import { gunzipSync } from 'node:zlib';
import type { LabelRecord } from '../domain/labels/label.ts';
import { datesOf, type ServedDay, servedDays } from '../domain/monitoring/served-day.ts';
import { keys } from '../names.ts';
import type { ObjectListing, ObjectStore } from './objects/object-store.ts';

/** Objects fetched at a time: they are small, and many. */
const FETCHES = 32;

export interface LoggedLabels {
  readonly labels: readonly LabelRecord[];
  /** What was read, as the log lists it. */
  readonly days: readonly ServedDay[];
}

/** Every label whose event time lies in a window, in no order. */
export async function readLabels(
  model: string,
  window: { readonly start: string; readonly end: string },
  data: ObjectStore,
): Promise<LoggedLabels> {
  const listings = await Promise.all(datesOf(window).map((date) => data.list(keys.labelsOfDay(model, date))));
  const objects = listings.flat();
  const labels: LabelRecord[] = [];
  for (let i = 0; i < objects.length; i += FETCHES) {
    const read = await Promise.all(objects.slice(i, i + FETCHES).map((object) => labelsOf(object, data)));
    for (const label of read.flat()) if (lies(label, window)) labels.push(label);
  }
  return { labels, days: servedDays(objects, 'day') };
}

function lies(
  { eventTime }: LabelRecord,
  { start, end }: { readonly start: string; readonly end: string },
): boolean {
  const ms = Date.parse(eventTime);
  return ms >= Date.parse(start) && ms < Date.parse(end);
}

async function labelsOf({ key }: ObjectListing, data: ObjectStore): Promise<readonly LabelRecord[]> {
  const bytes = await data.get(key);
  if (bytes === undefined) return [];
  const lines = gunzipSync(bytes).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LabelRecord);
}
