import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { mergeDay, mergeDayInput } from './merge-day.ts';

const deps = { registry: wireRegistry(), data: wireObjects('data') };
export const handler = task('merge-day', mergeDayInput, (input) => mergeDay(input, deps));
