import { task } from '../../lib/runtime/task.ts';
import { wireEndpoints, wireObjects, wireRegistry } from '../../lib/runtime/wiring.ts';
import { smokeTest, smokeTestInput } from './smoke-test.ts';

const deps = { registry: wireRegistry(), artifacts: wireObjects('artifacts'), endpoints: wireEndpoints() };
export const handler = task('smoke-test', smokeTestInput, (input) => smokeTest(input, deps));
