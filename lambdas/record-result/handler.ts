import { task } from '../../lib/runtime/task.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { recordResult, recordResultInput } from './record-result.ts';

const deps = { registry: wireRegistry() };
export const handler = task('record-result', recordResultInput, (input) => recordResult(input, deps));
