import { executionName } from '../../lib/domain/execution-name.ts';
import type { Logger } from '../../lib/runtime/logger.ts';
import type { Executions } from '../../lib/stores/executions.ts';
import type { StartExecutionInput } from './input.ts';

export interface StartExecutionDeps {
  readonly executions: Pick<Executions, 'start'>;
  readonly log: Logger;
}

/**
 * The decision has been written and its lock is held; this makes it happen. An event that comes twice names the same
 * execution, which counts as started.
 */
export async function startExecution(
  { pipeline, name, input }: StartExecutionInput,
  { executions, log }: StartExecutionDeps,
): Promise<{ readonly executionArn: string }> {
  const executionArn = await executions.start(pipeline, executionName(...name), input);
  log.info('started', { pipeline, ...input, executionArn });
  return { executionArn };
}
