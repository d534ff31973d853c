import type { WindowUnit } from '../../lib/domain/data/windows.ts';
import type { CompactedDay } from '../../lib/domain/monitoring/compacted-day.ts';
import { type ServedDay, servedDays } from '../../lib/domain/monitoring/served-day.ts';
import { keys } from '../../lib/names.ts';
import { inParallel } from '../../lib/runtime/in-parallel.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { listAll, type Registry } from '../../lib/stores/registry/registry.ts';
import { skPrefix } from '../../lib/stores/registry/sort-keys.ts';

interface ServedLog {
  readonly model: string;
  readonly version: number;
  readonly unit: WindowUnit;
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
 * compaction are listed again: a log of years costs what has changed in it.
 *
 * @param compacted days of the version, any order
 */
export async function logDays(
  { model, version, unit }: ServedLog,
  compacted: readonly CompactedDay[],
  { registry, data }: { readonly registry: Registry; readonly data: ObjectStore },
): Promise<readonly ServedDay[]> {
  const marks = await listAll<DayMark>(registry, model, skPrefix.served(version));
  const known = new Map(compacted.map((day) => [day.date, day]));
  const days = await inParallel(LISTINGS, marks, async ({ date, at }) => {
    const before = known.get(date);
    if (before !== undefined && wasListedAfter(at, before)) {
      const { revision, slices } = before;
      return [{ date, revision, slices }];
    }
    return servedDays(await data.list(keys.predictionsOfDay(model, version, date)), unit);
  });
  return days.flat();
}

function wasListedAfter(at: string, { listedAt }: CompactedDay): boolean {
  return Date.parse(listedAt) - Date.parse(at) > CLOCKS_DIFFER_MS;
}
