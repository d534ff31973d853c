import { isClosed } from '../data/watermark.ts';
import { windowOf } from '../data/windows.ts';
import type { ClosedWindow, ServedVersion } from './plan-monitoring.ts';
import { sourcesHash } from './served-day.ts';

/**
 * Closed windows in which a version was asked and refused every call, oldest first: without them nobody would look at what was wrong.
 *
 * @param hours in which it refused calls: `2013-04-01T05`
 * @param mark nothing older comes any more
 */
export function refusedWindows(
  served: ServedVersion,
  hours: readonly string[],
  mark: string,
): readonly ClosedWindow[] {
  const windows = (starts: readonly string[]) =>
    new Map(starts.map((start) => windowOf(start, served.unit)).map((window) => [window.start, window]));
  const answered = windows(served.days.flatMap(({ slices }) => slices.map(({ start }) => start)));
  return [...windows(hours.map((hour) => `${hour}:00:00.000Z`)).values()]
    .filter((window) => isClosed(window, mark) && !answered.has(window.start))
    .sort((a, b) => (a.start < b.start ? -1 : 1))
    .map((window) => ({ ...window, sourcesHash: sourcesHash([], window), empty: true }));
}
