import { compactLog } from '../../lambdas/compact-log/compact-log.ts';
import { mergeDay } from '../../lambdas/merge-day/merge-day.ts';
import {
  type PartsPlanned,
  type PlannedRef,
  type PlanPartsDeps,
  planParts,
} from '../../lambdas/plan-windows/plan-parts.ts';
import type { CompactedDay } from '../../lib/domain/monitoring/compacted-day.ts';
import type { ServedVersion } from '../../lib/domain/monitoring/plan-monitoring.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import { compactedKeys } from '../../lib/stores/compacted-log.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredJson, requiredSpec } from '../../lib/stores/required.ts';
import type { World } from './a-world.ts';

export interface DayCompacted extends CompactedDay {
  /** Keys of the rows, a part each. */
  readonly rowKeys: readonly string[];
}

/** One day of a log from raw objects to its item, as the state machine does it. */
export async function compactDay(
  ref: { readonly model: string; readonly version: number; readonly date: string },
  world: World & Pick<PlanPartsDeps, 'partBytes'>,
): Promise<DayCompacted> {
  const { model, version, date } = ref;
  const { specHash } = await requiredItem<ModelVersion>(world.registry, model, sk.version(version));
  const { monitoring } = await requiredSpec(world.registry, model, specHash);
  const served = { version, unit: monitoring.window } as ServedVersion;
  await compactPlanned(await planParts(model, [{ version, date }], [served], world), world);
  const day = await requiredItem<CompactedDay>(world.registry, model, sk.day(date, version));
  return { ...day, rowKeys: day.parts.map(({ revision }) => compactedKeys(day)(revision).rows) };
}

/** What a plan asks to be compacted: each part, then each day. */
export async function compactPlanned(planned: PartsPlanned, world: World): Promise<void> {
  const { days, partsKey } = planned;
  const parts = partsKey === undefined ? [] : await requiredJson<readonly PlannedRef[]>(world.data, partsKey);
  for (const part of parts) await compactLog(part, world);
  for (const day of days) await mergeDay(day, world);
}
