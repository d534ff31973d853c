import { openEngine } from '../../lib/engine/engine.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects, wireRegistry } from '../../lib/runtime/wiring.ts';
import { profileObject, profileObjectInput } from './profile-object.ts';

const deps = {
  registry: wireRegistry(),
  landing: wireObjects('landing'),
  artifacts: wireObjects('artifacts'),
  engine: await openEngine(),
};
export const handler = task('profile-object', profileObjectInput, (input) => profileObject(input, deps));
