import { contentHash } from '../../lib/domain/canonical-json.ts';
import type { CompactedDay, DayPart, DayPlan } from '../../lib/domain/monitoring/compacted-day.ts';
import {
  type LogPart,
  logParts,
  PART_BYTES,
  REVISION_LENGTH,
} from '../../lib/domain/monitoring/log-parts.ts';
import type { DayRef, ServedVersion } from '../../lib/domain/monitoring/plan-monitoring.ts';
import { servedDays } from '../../lib/domain/monitoring/served-day.ts';
import { keys } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import { inParallel } from '../../lib/runtime/in-parallel.ts';
import { compactedKeys } from '../../lib/stores/compacted-log.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';

export interface PlanPartsDeps {
  readonly registry: Registry;
  readonly data: ObjectStore;
  readonly now: Now;
  /** Packed bytes of log that one worker takes. @default PART_BYTES */
  readonly partBytes?: number;
}

/** A day or a part of one, by the plan that a worker finds in the data bucket. */
export interface PlannedRef extends DayRef {
  readonly model: string;
  readonly revision: string;
}

export interface PartsPlanned {
  readonly days: readonly PlannedRef[];
  /** How many parts are to be compacted; they are listed at `partsKey`, because a state could not hold them all. */
  readonly parts: number;
  readonly partsKey?: string;
  readonly resultsPrefix?: string;
}

const NOTHING_TO_COMPACT: PartsPlanned = { days: [], parts: 0 };

/** Days planned, and part plans written, at a time. */
const AT_A_TIME = 8;

/**
 * Writes down what the workers of some days work from: the parts of each day, and of each part that is not compacted yet its objects.
 * All of it is named by content, so that a repeat writes the same, but for the time of the listing.
 */
export async function planParts(
  model: string,
  days: readonly DayRef[],
  versions: readonly ServedVersion[],
  deps: PlanPartsDeps,
): Promise<PartsPlanned> {
  if (days.length === 0) return NOTHING_TO_COMPACT;
  const planned = await inParallel(AT_A_TIME, days, (day) => planDay({ model, ...day }, versions, deps));
  const parts = planned.flatMap(({ todo }) => todo);
  const refs = planned.map(({ day }) => day);
  if (parts.length === 0) return { days: refs, parts: 0 };
  const folder = keys.compacting(model, contentHash(parts).slice(0, REVISION_LENGTH));
  const partsKey = `${folder}/parts.json`;
  await deps.data.putJson(partsKey, parts);
  return { days: refs, parts: parts.length, partsKey, resultsPrefix: `${folder}/results` };
}

interface PlannedDay {
  readonly day: PlannedRef;
  readonly todo: readonly PlannedRef[];
}

async function planDay(
  ref: DayRef & { readonly model: string },
  versions: readonly ServedVersion[],
  { registry, data, now, partBytes = PART_BYTES }: PlanPartsDeps,
): Promise<PlannedDay> {
  const { model, version, date } = ref;
  const folder = keys.predictionsOfDay(model, version, date);
  const listedAt = now().toISOString();
  const listing = await data.list(folder);
  const unit = versions.find((served) => served.version === version)?.unit;
  const [day] = servedDays(listing, unit ?? 'day');
  if (day === undefined)
    throw new Error(`version ${version} of model ${model} has a log of ${date}, got none`);
  const parts = logParts(listing, folder, partBytes);
  const before = await registry.get<CompactedDay>(model, sk.day(date, version));
  const todo = withoutDone(parts, before);
  await inParallel(AT_A_TIME, todo, (part) =>
    data.putJson(compactedKeys(ref)(part.revision).objects, part satisfies LogPart),
  );
  const revision = day.revision.slice(0, REVISION_LENGTH);
  const plan: DayPlan = { day, listedAt, parts: parts.map((part) => dayPart(part, folder)) };
  await data.putJson(compactedKeys(ref)(revision).plan, plan);
  return { day: { ...ref, revision }, todo: todo.map((part) => ({ ...ref, revision: part.revision })) };
}

/** Of a day that was compacted before, those that have changed; all where an object of it could not be read. */
function withoutDone(parts: readonly LogPart[], before: CompactedDay | undefined): readonly LogPart[] {
  if (before === undefined || before.unreadable !== undefined) return parts;
  const done = new Set(before.parts.map(({ revision }) => revision));
  return parts.filter(({ revision }) => !done.has(revision));
}

function dayPart({ prefix, revision }: LogPart, folder: string): Omit<DayPart, 'rows'> {
  return { below: prefix.slice(folder.length), revision };
}
