import { openEngine } from '../../lib/engine/engine.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { profileObject, profileObjectInput } from './profile-object.ts';

const deps = {
  registry: wireRegistry(),
  landing: wireObjects('landing'),
  artifacts: wireObjects('artifacts'),
  engine: await openEngine(),
};
export const handler = task('profile-object', profileObjectInput, (input) => profileObject(input, deps));
