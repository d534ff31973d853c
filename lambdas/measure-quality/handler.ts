import { openEngine } from '../../lib/engine/engine.ts';
import { systemNow } from '../../lib/runtime/clock.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { measureQuality, measureQualityInput } from './measure-quality.ts';

const deps = {
  registry: wireRegistry(),
  data: wireObjects('data'),
  artifacts: wireObjects('artifacts'),
  engine: await openEngine(),
  now: systemNow,
};
export const handler = task('measure-quality', measureQualityInput, (input) => measureQuality(input, deps));
