import { task } from '../../lib/runtime/task.ts';
import { wireInvoke } from '../../lib/runtime/wiring/invoke.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { smokeTest, smokeTestInput } from './smoke-test.ts';

const deps = {
  registry: wireRegistry(),
  artifacts: wireObjects('artifacts'),
  endpoints: { invoke: wireInvoke() },
};
export const handler = task('smoke-test', smokeTestInput, (input) => smokeTest(input, deps));
