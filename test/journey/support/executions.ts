import {
  DescribeExecutionCommand,
  ListStateMachinesCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { PipelineName } from '../../../lib/names.ts';

/** Where one execution of a pipeline is found. */
export async function executionArn(pipeline: PipelineName, name: string): Promise<string> {
  const { stateMachines = [] } = await new SFNClient().send(new ListStateMachinesCommand({}));
  const machine = stateMachines.find((m) => m.name?.endsWith(`-${pipeline}`))?.stateMachineArn;
  if (machine === undefined) throw new Error(`there must be a machine ${pipeline}, got none`);
  return `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** Stops it by hand, as somebody with the console open might. */
export async function stopExecution(pipeline: PipelineName, name: string): Promise<void> {
  const arn = await executionArn(pipeline, name);
  await new SFNClient().send(new StopExecutionCommand({ executionArn: arn, cause: 'stopped by hand' }));
}

export async function executionStatus(pipeline: PipelineName, name: string): Promise<string | undefined> {
  const arn = await executionArn(pipeline, name);
  return (await new SFNClient().send(new DescribeExecutionCommand({ executionArn: arn }))).status;
}
