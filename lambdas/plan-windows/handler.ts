import { systemNow } from '../../lib/runtime/clock.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { planWindows, planWindowsInput } from './plan-windows.ts';

const deps = { registry: wireRegistry(), data: wireObjects('data'), now: systemNow };
export const handler = task('plan-windows', planWindowsInput, (input) => planWindows(input, deps));
