import { callsOf, type RefusedHour } from '../../lib/domain/monitoring/refused-hour.ts';
import type { Refusal } from '../../lib/domain/predictions/refusal.ts';
import { keys } from '../../lib/names.ts';
import { inParallel } from '../../lib/runtime/in-parallel.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { listAll, type Registry } from '../../lib/stores/registry/registry.ts';
import { skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import { requiredJson } from '../../lib/stores/required.ts';

/** Calls of an hour that are listed, one page; and of these read: a month of bad hours stays below 15,000. */
const LISTED = 1000;
const READ = 20;
/** Hours at a time, each with its calls. */
const WIDTH = 4;

interface WindowRef {
  readonly model: string;
  readonly version: number;
  readonly start: string;
  readonly end: string;
}

/** The hours of a window in which its version refused calls, oldest first, with a sample of them. */
export async function refusedHours(
  { model, version, start, end }: WindowRef,
  { registry, data }: { readonly registry: Registry; readonly data: ObjectStore },
): Promise<readonly RefusedHour[]> {
  const marks = await listAll<{ readonly hour: string }>(registry, model, skPrefix.refused(version));
  const inside = marks.filter(({ hour }) => hour >= start.slice(0, 13) && hour < end.slice(0, 13));
  return inParallel(WIDTH, inside, async ({ hour }) => {
    const folder = keys.refusedOfHour(model, version, hour);
    const listed = await data.list(folder, LISTED);
    const names = listed.map(({ key }) => key.slice(folder.length));
    const read = listed.slice(0, READ).map(async ({ key }) => ({
      ...(await requiredJson<Refusal>(data, key)),
      object: key,
    }));
    return { hour, calls: callsOf(names, LISTED), read: await Promise.all(read) };
  });
}
