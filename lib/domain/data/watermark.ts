import type { TimeWindow } from './windows.ts';

const HOUR_MS = 3_600_000;

/** The newest event time that a model's log has seen, and the wall clock then. */
export interface NewestEvent {
  /** ISO 8601 UTC. */
  readonly eventTime: string;
  readonly raisedAt: string;
}

/**
 * What time it is in the time of events: the newest one, and since then as much more as has passed on the wall clock. So the
 * traffic of a year may be replayed in minutes, and where traffic stops, time does not.
 *
 * @param now wall clock, ISO 8601 UTC
 * @returns ISO 8601 UTC, at most now
 * @example eventClock({ eventTime: '2013-05-02T00:00:00Z', raisedAt: '2026-01-01T00:00:00Z' }, '2026-01-01T06:00:00Z') // '2013-05-02T06:00:00.000Z'
 */
export function eventClock({ eventTime, raisedAt }: NewestEvent, now: string): string {
  const [event, raised, wall] = [eventTime, raisedAt, now].map(Date.parse) as [number, number, number];
  return new Date(Math.min(event + Math.max(0, wall - raised), wall)).toISOString();
}

/**
 * The time before which no more rows are waited for: the highest event time seen, at most now (a row from the future closes
 * nothing), less how late rows may come.
 *
 * @returns ISO 8601 UTC
 * @example watermark('2013-05-02T00:00:00Z', '2026-01-01T00:00:00Z', 24) // '2013-05-01T00:00:00.000Z'
 */
export function watermark(highestEventTime: string, now: string, latenessHours: number): string {
  const seen = Math.min(new Date(highestEventTime).getTime(), new Date(now).getTime());
  return new Date(seen - latenessHours * HOUR_MS).toISOString();
}

/** Whether a window may be scored: the watermark has reached its end. */
export function isClosed(window: TimeWindow, mark: string): boolean {
  return new Date(mark).getTime() >= new Date(window.end).getTime();
}
