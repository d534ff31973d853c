import { contentHash } from '../canonical-json.ts';
import type { WindowUnit } from '../data/windows.ts';

/** A logged object as its bucket lists it. */
export interface LoggedObject {
  readonly key: string;
  readonly etag: string;
}

/** The smallest interval that is profiled by itself: a day, or an hour where windows are hours. */
export interface ServedSlice {
  /** ISO 8601 UTC. */
  readonly start: string;
  /** Content hash of its logged objects: another object, another revision. */
  readonly revision: string;
}

/** One UTC day of a log. */
export interface ServedDay {
  /** `2013-04-01` */
  readonly date: string;
  readonly revision: string;
  readonly slices: readonly ServedSlice[];
}

/**
 * What a listing of a log says about its days, oldest first, without reading one object.
 *
 * @example servedDays([{ key: 'predictions/m/0000000001/2013-04-01/05/a.jsonl.gz', etag }], 'month')[0].date // '2013-04-01'
 */
export function servedDays(listing: readonly LoggedObject[], unit: WindowUnit): readonly ServedDay[] {
  const days = grouped(listing, (object) => placeOf(object.key).date);
  return days.map(([date, objects]) => {
    const slices = grouped(objects, ({ key }) => sliceStart(placeOf(key), unit)).map(([start, of]) => ({
      start,
      revision: contentHash(of.map(({ key, etag }) => ({ key, etag }))),
    }));
    return { date, slices, revision: contentHash(slices) };
  });
}

/**
 * Content hash of what a window is counted from.
 *
 * @param days of one version, any order
 */
export function sourcesHash(
  days: readonly ServedDay[],
  window: { readonly start: string; readonly end: string },
): string {
  return contentHash(slicesIn(days, window));
}

/** The slices of a window, oldest first. */
export function slicesIn(
  days: readonly ServedDay[],
  { start, end }: { readonly start: string; readonly end: string },
): readonly ServedSlice[] {
  return days
    .flatMap((day) => day.slices)
    .filter((slice) => slice.start >= start && slice.start < end)
    .sort((a, b) => (a.start < b.start ? -1 : 1));
}

/** Which day and hour a logged object lies under: `…/<date>/<hour>/<name>`. */
function placeOf(key: string): { readonly date: string; readonly hour: string } {
  const [, date = '', hour = '00'] = /\/(\d{4}-\d\d-\d\d)\/(\d\d)\/[^/]+$/.exec(key) ?? [];
  return { date, hour };
}

/** The UTC days that a window touches. */
export function datesOf({ start, end }: { readonly start: string; readonly end: string }): readonly string[] {
  const dates: string[] = [];
  for (let ms = Date.parse(`${start.slice(0, 10)}T00:00:00Z`); ms < Date.parse(end); ms += DAY_MS)
    dates.push(new Date(ms).toISOString().slice(0, 10));
  return dates;
}

const DAY_MS = 86_400_000;

function sliceStart({ date, hour }: { date: string; hour: string }, unit: WindowUnit): string {
  return `${date}T${unit === 'hour' ? hour : '00'}:00:00.000Z`;
}

function grouped<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
