import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { PipelineName } from '../names.ts';

export interface Executions {
  /** Starts `name` (at most 80 characters) and answers its ARN; one of that name that exists already is success. */
  start(pipeline: PipelineName, name: string, input: object): Promise<string>;
}

export interface StepFunctionsOptions {
  readonly client: SFNClient;
  readonly stateMachineArns: Readonly<Partial<Record<PipelineName, string>>>;
}

export function stepFunctionsExecutions({ client, stateMachineArns }: StepFunctionsOptions): Executions {
  return {
    async start(pipeline, name, input) {
      const stateMachineArn = stateMachineArns[pipeline];
      if (stateMachineArn === undefined) throw new Error(`no state machine is wired for ${pipeline}`);
      try {
        const started = await client.send(
          new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
        );
        return started.executionArn ?? executionArn(stateMachineArn, name);
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return executionArn(stateMachineArn, name);
        throw error;
      }
    },
  };
}

const executionArn = (stateMachineArn: string, name: string) =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
