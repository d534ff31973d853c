import { isClosed } from '../data/watermark.ts';
import { windowOf, windowsBetween } from '../data/windows.ts';
import type { ClosedWindow, ServedVersion } from './plan-monitoring.ts';
import { sourcesHash } from './served-day.ts';

/** A stretch of silence is told by its first month of days, or its first day and a bit of hours: what follows says no more. */
const MOST_OF_A_STRETCH = 31;

/**
 * Windows in which no version was asked anything, between ones in which some was. They belong to the version that answered last, so
 * that silence is a window that people see, and never a gap that nobody does.
 *
 * @param versions all that have served
 * @param mark nothing older comes any more
 * @returns by version, oldest first
 */
export function emptyWindows(
  versions: readonly ServedVersion[],
  mark: string,
): ReadonlyMap<number, readonly ClosedWindow[]> {
  const asked = versions
    .flatMap((served) => served.days.flatMap(({ slices }) => slices.map(({ start }) => ({ start, served }))))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  const empty = new Map<number, ClosedWindow[]>();
  asked.slice(1).forEach(({ start }, i) => {
    const { start: last, served } = asked[i] as (typeof asked)[number];
    const [from, to] = [windowOf(last, served.unit).end, windowOf(start, served.unit).start];
    const gap = windowsBetween(from, to, served.unit)
      .slice(0, MOST_OF_A_STRETCH)
      .filter((window) => isClosed(window, mark));
    const windows = gap.map((window) => ({
      ...window,
      sourcesHash: sourcesHash([], window),
      empty: true as const,
    }));
    if (windows.length > 0) empty.set(served.version, [...(empty.get(served.version) ?? []), ...windows]);
  });
  return empty;
}
