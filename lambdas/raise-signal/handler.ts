import { systemNow } from '../../lib/runtime/clock.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { raiseSignal, raiseSignalInput } from './raise-signal.ts';

const deps = { registry: wireRegistry(), now: systemNow };
export const handler = task('raise-signal', raiseSignalInput, (input) => raiseSignal(input, deps));
