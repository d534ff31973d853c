import type { ModelSpec } from '../spec.ts';

export type WindowUnit = ModelSpec['monitoring']['window'];

/** An interval of event time: ISO 8601 UTC with milliseconds, half open. */
export interface TimeWindow {
  readonly start: string;
  readonly end: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The Unix epoch was a Thursday; ISO weeks begin on Monday, four days later. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/**
 * The calendar window in UTC that a time lies in; weeks are ISO weeks, from Monday.
 * Throws when `time` is no ISO 8601 time.
 *
 * @example windowOf('2013-04-15T10:00:00Z', 'month') // { start: '2013-04-01T00:00:00.000Z', end: '2013-05-01T00:00:00.000Z' }
 */
export function windowOf(time: string, unit: WindowUnit): TimeWindow {
  const at = new Date(time).getTime();
  if (Number.isNaN(at)) throw new Error(`a window's time is ISO 8601, got ${time}`);
  const start = startOf(at, unit);
  return { start: iso(start), end: iso(nextStart(start, unit)) };
}

/**
 * The first windows that overlap [from, to), in time order; [] when the range is empty.
 *
 * @param most how many of them: centuries have millions of hours
 * @example windowsBetween('2013-01-31T00:00:00Z', '2013-02-01T00:00:01Z', 'month', 31).length // 2
 */
export function windowsBetween(
  from: string,
  to: string,
  unit: WindowUnit,
  most: number,
): readonly TimeWindow[] {
  const end = new Date(to).getTime();
  const windows: TimeWindow[] = [];
  if (!(new Date(from).getTime() < end)) return windows;
  for (
    let window = windowOf(from, unit);
    new Date(window.start).getTime() < end && windows.length < most;
    window = windowOf(window.end, unit)
  )
    windows.push(window);
  return windows;
}

function startOf(at: number, unit: WindowUnit): number {
  if (unit === 'hour') return Math.floor(at / HOUR_MS) * HOUR_MS;
  if (unit === 'day') return Math.floor(at / DAY_MS) * DAY_MS;
  if (unit === 'week')
    return Math.floor((at - FIRST_MONDAY_MS) / (7 * DAY_MS)) * 7 * DAY_MS + FIRST_MONDAY_MS;
  return monthStart(new Date(at), 0);
}

function nextStart(start: number, unit: WindowUnit): number {
  if (unit === 'hour') return start + HOUR_MS;
  if (unit === 'day') return start + DAY_MS;
  if (unit === 'week') return start + 7 * DAY_MS;
  return monthStart(new Date(start), 1);
}

/** `Date.UTC` takes the years 0 to 99 for those of the last century. */
function monthStart(date: Date, monthsLater: number): number {
  return new Date(0).setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth() + monthsLater, 1);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
