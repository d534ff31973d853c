import type { TimeWindow } from './windows.ts';

const HOUR_MS = 3_600_000;

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
