import { contentHash } from '../canonical-json.ts';
import { datesOf, type LoggedObject } from './served-day.ts';

/** The objects of a label log, by the UTC day that they lie under. */
export type LabelListing = ReadonlyMap<string, readonly LoggedObject[]>;

interface Interval {
  /** Half open, ISO 8601 UTC. */
  readonly start: string;
  readonly end: string;
}

const HOURS_A_DAY = 24;
/** What is before the message's id in the name of an object: its hours as bits, midnight's the lowest. */
const HOURS = /\/h([0-9a-f]{6})-[^/]+$/;

/**
 * The name of an object of one day of the label log, which says what hours its labels are of: so a listing tells which windows it
 * concerns.
 *
 * @param eventTimes of its labels, ISO 8601 UTC
 * @example labelObjectName(['2013-04-01T05:10:00.000Z', '2013-04-01T00:00:00.000Z'], 'm-1') // 'h000021-m-1'
 */
export function labelObjectName(eventTimes: readonly string[], messageId: string): string {
  const hours = new Set(eventTimes.map((time) => Number(time.slice(11, 13))));
  const bits = [...hours].reduce((sum, hour) => sum + 2 ** hour, 0);
  return `h${bits.toString(16).padStart(HOURS_A_DAY / 4, '0')}-${messageId}`;
}

/** @param objects as their bucket lists them: `labels/<model>/<date>/<name>.jsonl.gz` */
export function labelListing(objects: readonly LoggedObject[]): LabelListing {
  return Map.groupBy(objects, ({ key }) => key.split('/').at(-2) ?? '');
}

/**
 * The objects with labels of a window. One whose name says nothing of hours may have them of all of its day.
 *
 * @example labelsIn(labelListing([]), window) // []
 */
export function labelsIn(listing: LabelListing, window: Interval): readonly LoggedObject[] {
  return datesOf(window).flatMap((date) =>
    (listing.get(date) ?? []).filter(({ key }) => {
      const bits = HOURS.exec(key)?.[1];
      return bits === undefined || (Number.parseInt(bits, 16) & hoursIn(date, window)) !== 0;
    }),
  );
}

/** Names what a window's quality follows from: the predictions, by their hash, and the objects with its labels. */
export function labelsHash(sources: string, listing: LabelListing, window: Interval): string {
  return contentHash({ sources, labels: labelsIn(listing, window).map(({ key, etag }) => ({ key, etag })) });
}

/** The hours of a day that lie in a window, as bits. */
function hoursIn(date: string, { start, end }: Interval): number {
  const hours = Array.from({ length: HOURS_A_DAY }, (_, hour) => hour);
  return hours
    .filter((hour) => {
      const time = `${date}T${String(hour).padStart(2, '0')}:00:00.000Z`;
      return time >= `${start.slice(0, 13)}:00:00.000Z` && time < end;
    })
    .reduce((sum, hour) => sum + 2 ** hour, 0);
}
