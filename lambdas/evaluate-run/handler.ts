import { openEngine } from '../../lib/engine/engine.ts';
import { systemNow } from '../../lib/runtime/clock.ts';
import { environment } from '../../lib/runtime/environment.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { evaluateRun, evaluateRunInput } from './evaluate-run.ts';

const deps = {
  registry: wireRegistry(),
  data: wireObjects('data'),
  artifacts: wireObjects('artifacts'),
  engine: await openEngine(),
  ...environment('release'),
  now: systemNow,
};
export const handler = task('evaluate-run', evaluateRunInput, (input) => evaluateRun(input, deps));
