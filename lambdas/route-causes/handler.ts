import { systemNow } from '../../lib/runtime/clock.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { routeCauses, routeCausesInput } from './route-causes.ts';

const deps = {
  registry: wireRegistry(),
  data: wireObjects('data'),
  artifacts: wireObjects('artifacts'),
  now: systemNow,
};
export const handler = task('route-causes', routeCausesInput, (input) => routeCauses(input, deps));
