import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { PipelineName } from '../names.ts';

export interface Executions {
  /** Starts `name` (at most 80 characters) and answers its ARN; one of that name that exists already is success. */
  start(pipeline: PipelineName, name: string, input: object): Promise<string>;
  /** How an execution is; undefined if there is none of that name. */
  describe(pipeline: PipelineName, name: string): Promise<ExecutionState | undefined>;
}

/** Timed out and aborted are `failed`. */
export type ExecutionState = 'running' | 'succeeded' | 'failed';

export interface StepFunctionsOptions {
  readonly client: SFNClient;
  readonly stateMachineArns: Readonly<Partial<Record<PipelineName, string>>>;
}

export function stepFunctionsExecutions({ client, stateMachineArns }: StepFunctionsOptions): Executions {
  const machine = (pipeline: PipelineName) => {
    const arn = stateMachineArns[pipeline];
    if (arn === undefined) throw new Error(`no state machine is wired for ${pipeline}`);
    return arn;
  };
  return {
    async start(pipeline, name, input) {
      const stateMachineArn = machine(pipeline);
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
    async describe(pipeline, name) {
      try {
        const described = await client.send(
          new DescribeExecutionCommand({ executionArn: executionArn(machine(pipeline), name) }),
        );
        if (described.status === 'RUNNING') return 'running';
        return described.status === 'SUCCEEDED' ? 'succeeded' : 'failed';
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
  };
}

const executionArn = (stateMachineArn: string, name: string) =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
