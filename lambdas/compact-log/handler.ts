import { openEngine } from '../../lib/engine/engine.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { compactLog, compactLogInput } from './compact-log.ts';

const deps = {
  registry: wireRegistry(),
  data: wireObjects('data'),
  artifacts: wireObjects('artifacts'),
  engine: await openEngine(),
};
export const handler = task('compact-log', compactLogInput, (input) => compactLog(input, deps));
