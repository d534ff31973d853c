import { systemNow } from '../../lib/runtime/clock.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { guardRetrain } from './guard-retrain.ts';
import { guardRetrainInput } from './input.ts';

const deps = { registry: wireRegistry(), now: systemNow };

export const handler = task('guard-retrain', guardRetrainInput, (input, log) =>
  guardRetrain(input, { ...deps, log }),
);
