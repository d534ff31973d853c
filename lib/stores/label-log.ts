import { gunzipSync } from 'node:zlib';
import type { LabelRecord } from '../domain/labels/label.ts';
import { type LabelListing, labelListing, labelsIn } from '../domain/monitoring/label-listing.ts';
import { datesOf, type LoggedObject } from '../domain/monitoring/served-day.ts';
import { keys } from '../names.ts';
import type { ObjectStore } from './objects/object-store.ts';

/** Objects fetched at a time: they are small, and many. */
const FETCHES = 32;

export interface LoggedLabels {
  readonly labels: readonly LabelRecord[];
  /** The log of the window's days, as it was read. */
  readonly listing: LabelListing;
}

/** Every label whose event time lies in a window, in no order. */
export async function readLabels(
  model: string,
  window: { readonly start: string; readonly end: string },
  data: ObjectStore,
): Promise<LoggedLabels> {
  const listing = await listLabels(model, datesOf(window), data);
  const objects = labelsIn(listing, window);
  const labels: LabelRecord[] = [];
  for (let i = 0; i < objects.length; i += FETCHES) {
    const read = await Promise.all(objects.slice(i, i + FETCHES).map((object) => labelsOf(object, data)));
    for (const label of read.flat()) if (lies(label, window)) labels.push(label);
  }
  return { labels, listing };
}

/** The objects of the label log that lie under some days. */
export async function listLabels(
  model: string,
  dates: readonly string[],
  data: ObjectStore,
): Promise<LabelListing> {
  const listings = await Promise.all(dates.map((date) => data.list(keys.labelsOfDay(model, date))));
  return labelListing(listings.flat());
}

function lies(
  { eventTime }: LabelRecord,
  { start, end }: { readonly start: string; readonly end: string },
): boolean {
  const ms = Date.parse(eventTime);
  return ms >= Date.parse(start) && ms < Date.parse(end);
}

async function labelsOf({ key }: LoggedObject, data: ObjectStore): Promise<readonly LabelRecord[]> {
  const bytes = await data.get(key);
  if (bytes === undefined) return [];
  const lines = gunzipSync(bytes).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LabelRecord);
}
