import { systemNow } from '../../lib/runtime/clock.ts';
import { environment } from '../../lib/runtime/environment.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { promoteVersion, promoteVersionInput } from './promote-version.ts';

const deps = { registry: wireRegistry(), ...environment('stage'), now: systemNow };
export const handler = task('promote-version', promoteVersionInput, (input) => promoteVersion(input, deps));
