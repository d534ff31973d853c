import { openEngine } from '../../lib/engine/engine.ts';
import { systemNow } from '../../lib/runtime/clock.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects, wireRegistry } from '../../lib/runtime/wiring.ts';
import { measureQuality, measureQualityInput } from './measure-quality.ts';

const deps = {
  registry: wireRegistry(),
  data: wireObjects('data'),
  engine: await openEngine(),
  now: systemNow,
};
export const handler = task('measure-quality', measureQualityInput, (input) => measureQuality(input, deps));
