import { systemNow } from '../../lib/runtime/clock.ts';
import { environment } from '../../lib/runtime/environment.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { retireVersion, retireVersionInput } from './retire-version.ts';

const deps = {
  registry: wireRegistry(),
  audit: wireObjects('audit'),
  ...environment('stage'),
  now: systemNow,
};
export const handler = task('retire-version', retireVersionInput, (input) => retireVersion(input, deps));
