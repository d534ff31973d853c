import { systemNow } from '../../lib/runtime/clock.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { closeRun } from './close-run.ts';
import { closeRunInput } from './input.ts';

const deps = { registry: wireRegistry(), now: systemNow };

export const handler = task('close-run', closeRunInput, (input, log) => closeRun(input, { ...deps, log }));
