import { PART_BYTES } from '../../lib/domain/monitoring/log-parts.ts';
import { systemNow } from '../../lib/runtime/clock.ts';
import { environment } from '../../lib/runtime/environment.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { planWindows, planWindowsInput } from './plan-windows.ts';

const deps = {
  registry: wireRegistry(),
  data: wireObjects('data'),
  now: systemNow,
  // Larger pieces are for what intake brings; a worker of monitoring holds no more than this.
  partBytes: Math.min(environment('pieceMb').pieceMb * 1_000_000, PART_BYTES),
};
export const handler = task('plan-windows', planWindowsInput, (input, log) =>
  planWindows(input, { ...deps, log }),
);
