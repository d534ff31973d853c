import { isClosed } from '../data/watermark.ts';
import { windowOf, windowsBetween } from '../data/windows.ts';
import type { ClosedWindow, ServedVersion } from './plan-monitoring.ts';
import { sourcesHash } from './served-day.ts';

/** A stretch of silence is told by its first month of days, or its first day and a bit of hours: what follows says no more. */
const MOST_OF_A_STRETCH = 31;

/** The version that would answer now. */
export interface InService {
  readonly version: number;
  /** Event time since which it would, ISO 8601 UTC. */
  readonly since: string;
}

/**
 * Windows in which no version was asked anything, between ones in which some was and after the last of them. They belong to the
 * version that answered last, or in the end would have answered, so that silence is a window that people see, and never a gap that
 * nobody does. A model that was never asked anything has none: silence is an end.
 *
 * @param versions all that have served
 * @param mark nothing older comes any more
 * @param inService undefined where no version answers: then nothing is missed at the end
 * @returns by version, oldest first
 */
export function emptyWindows(
  versions: readonly ServedVersion[],
  mark: string,
  inService?: InService,
): ReadonlyMap<number, readonly ClosedWindow[]> {
  const asked = versions
    .flatMap((served) =>
      served.days.flatMap(({ slices }) => slices.map(({ start }): Asked => ({ start, served }))),
    )
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  const empty = new Map<number, ClosedWindow[]>();
  const between = asked.slice(1).map(({ start }, i): Stretch => {
    const { start: last, served } = asked[i] as Asked;
    return { served, from: windowOf(last, served.unit).end, to: windowOf(start, served.unit).start };
  });
  for (const { served, from, to } of [
    ...between,
    ...stretchAtTheEnd(versions, asked.at(-1), mark, inService),
  ]) {
    const windows = windowsBetween(from, to, served.unit, MOST_OF_A_STRETCH)
      .filter((window) => isClosed(window, mark) && !isScoredByAnother(window, served, versions))
      .map((window) => ({ ...window, sourcesHash: sourcesHash([], window), empty: true as const }));
    if (windows.length > 0) empty.set(served.version, [...(empty.get(served.version) ?? []), ...windows]);
  }
  return empty;
}

interface Asked {
  readonly start: string;
  readonly served: ServedVersion;
}

interface Stretch {
  readonly served: ServedVersion;
  readonly from: string;
  readonly to: string;
}

/** From the last request, or the whole window after the version was put in service if that came later. */
function stretchAtTheEnd(
  versions: readonly ServedVersion[],
  last: Asked | undefined,
  mark: string,
  inService: InService | undefined,
): readonly Stretch[] {
  const served = versions.find(({ version }) => version === inService?.version);
  if (last === undefined || inService === undefined || served === undefined) return [];
  const from = [last.start, inService.since].map((at) => windowOf(at, served.unit).end).sort()[1] as string;
  return [{ served, from, to: mark }];
}

/** Who answers may change in the middle of a silence: what one version was told for is not told again for the next. */
function isScoredByAnother(
  { start }: { start: string },
  served: ServedVersion,
  versions: readonly ServedVersion[],
) {
  return versions.some((other) => other !== served && other.drift.has(start));
}
