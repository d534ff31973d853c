import type { WindowUnit } from '../../lib/domain/data/windows.ts';
import type { CompactedDay } from '../../lib/domain/monitoring/compacted-day.ts';
import { type ServedDay, servedDays } from '../../lib/domain/monitoring/served-day.ts';
import { keys } from '../../lib/names.ts';
import { inParallel } from '../../lib/runtime/in-parallel.ts';
import type { Logger } from '../../lib/runtime/logger.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { listAll, type Registry } from '../../lib/stores/registry/registry.ts';
import { skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import { hasLostObjects } from './has-lost-objects.ts';

interface ServedLog {
  readonly model: string;
  readonly version: number;
  readonly unit: WindowUnit;
}

export interface LogDaysDeps {
  readonly registry: Registry;
  readonly data: ObjectStore;
  readonly log: Logger;
}

/** When an object last came to a day of a log, ISO 8601 UTC. */
interface DayMark {
  readonly date: string;
  readonly at: string;
}

/** Clocks of two machines differ by far less; until then a listing may have been too early to show an object. */
const CLOCKS_DIFFER_MS = 60_000;
/** Days listed at a time. */
const LISTINGS = 8;

/**
 * The days of a version's log as they are now, oldest first. Only days that something came to since they were listed for their last
 * compaction are listed again: a log of years costs what has changed in it. A day of which raw objects are gone stays as it was.
 *
 * @param compacted days of the version, any order
 */
export async function logDays(
  { model, version, unit }: ServedLog,
  compacted: readonly CompactedDay[],
  deps: LogDaysDeps,
): Promise<readonly ServedDay[]> {
  const { registry, data } = deps;
  const marks = await listAll<DayMark>(registry, model, skPrefix.served(version));
  const known = new Map(compacted.map((day) => [day.date, day]));
  const days = await inParallel(LISTINGS, marks, async ({ date, at }) => {
    const before = known.get(date);
    if (before !== undefined && wasListedAfter(at, before)) return before;
    const listing = await data.list(keys.predictionsOfDay(model, version, date));
    const [day] = servedDays(listing, unit);
    if (before === undefined || day?.revision === before.revision) return day;
    return (await hasLostObjects(before, listing, deps)) ? before : day;
  });
  return days
    .filter((day) => day !== undefined)
    .map(({ date, revision, slices }) => ({ date, revision, slices }));
}

function wasListedAfter(at: string, { listedAt }: CompactedDay): boolean {
  return Date.parse(listedAt) - Date.parse(at) > CLOCKS_DIFFER_MS;
}
