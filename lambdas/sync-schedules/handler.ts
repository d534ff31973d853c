import { task } from '../../lib/runtime/task.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { wireSchedules } from '../../lib/runtime/wiring/schedules.ts';
import { syncSchedules, syncSchedulesInput } from './sync-schedules.ts';

const deps = { registry: wireRegistry(), schedules: wireSchedules() };

export const handler = task('sync-schedules', syncSchedulesInput, (input, log) =>
  syncSchedules(input, { ...deps, log }),
);
