import { z } from 'zod';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { Logger } from '../../lib/runtime/logger.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import type { Schedule, Schedules } from '../../lib/stores/schedules.ts';

/** An entry that may have changed what a model's schedules should be. */
export const syncSchedulesInput = z
  .looseObject({ detail: z.looseObject({ model: z.string().min(1) }) })
  .transform(({ detail }) => ({ model: detail.model }));

export interface SyncSchedulesDeps {
  readonly registry: Registry;
  readonly schedules: Schedules;
  readonly log: Logger;
}

/** By what the model says now, not by the event: events that come twice or in another order end in the same place. */
export async function syncSchedules(
  { model }: z.output<typeof syncSchedulesInput>,
  { registry, schedules, log }: SyncSchedulesDeps,
): Promise<{ readonly schedules: readonly string[] }> {
  const head = await registry.head(model);
  const live = head !== undefined && head.deleted !== true;
  const spec = live ? await registry.get<ModelSpec>(model, sk.spec(head.specHash)) : undefined;
  const names = await schedules.apply(model, spec === undefined ? [] : schedulesOf(spec));
  log.info('applied', { model, schedules: names });
  return { schedules: names };
}

function schedulesOf({ monitoring, retraining }: ModelSpec): readonly Schedule[] {
  return [
    { purpose: 'monitor', expression: monitoring.schedule },
    ...(retraining.schedule === undefined
      ? []
      : [{ purpose: 'retrain', expression: retraining.schedule } as const]),
  ];
}
