import { task } from '../../lib/runtime/task.ts';
import { wireExecutions } from '../../lib/runtime/wiring/executions.ts';
import { startExecutionInput } from './input.ts';
import { startExecution } from './start-execution.ts';

const deps = { executions: wireExecutions() };

export const handler = task('start-execution', startExecutionInput, (input, log) =>
  startExecution(input, { ...deps, log }),
);
