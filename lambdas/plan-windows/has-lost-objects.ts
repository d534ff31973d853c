import type { CompactedDay } from '../../lib/domain/monitoring/compacted-day.ts';
import type { LogPart } from '../../lib/domain/monitoring/log-parts.ts';
import type { LoggedObject } from '../../lib/domain/monitoring/served-day.ts';
import { inParallel } from '../../lib/runtime/in-parallel.ts';
import type { Logger } from '../../lib/runtime/logger.ts';
import { compactedKeys } from '../../lib/stores/compacted-log.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';

/** Lists of objects read at a time. */
const READ_AT_A_TIME = 8;

/**
 * Whether raw objects that a day was compacted from are gone, by a lifecycle rule: made again of what is left it would lose rows. What
 * has come since is then not counted, and the log says so at every tick until it is gone as well.
 *
 * @param listing the day's log as it is now
 */
export async function hasLostObjects(
  day: CompactedDay,
  listing: readonly LoggedObject[],
  { data, log }: { readonly data: ObjectStore; readonly log: Logger },
): Promise<boolean> {
  const counted = await countedObjects(day, data);
  const there = new Set(listing.map(({ key }) => key));
  if ([...counted].every((key) => there.has(key))) return false;
  const late = [...there].filter((key) => !counted.has(key));
  const { model, version, date } = day;
  if (late.length > 0)
    log.warn('late predictions are not counted, because raw objects of their day are gone', {
      model,
      version,
      date,
      objects: late.length,
      first: late[0],
    });
  return true;
}

/** What a day was made of; an object that could not be read adds nothing that could be lost. */
async function countedObjects(day: CompactedDay, data: ObjectStore): Promise<ReadonlySet<string>> {
  const of = compactedKeys(day);
  const parts = await inParallel(READ_AT_A_TIME, day.parts, ({ revision }) =>
    data.getJson<LogPart>(of(revision).objects),
  );
  const keys = parts.flatMap((part) => part?.objects ?? []).map(({ key }) => key);
  return new Set(keys.filter((key) => !day.unreadable?.includes(key)));
}
