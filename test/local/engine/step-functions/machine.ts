import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { eventually } from '../../../support/engine.ts';

export const ROLE = 'arn:aws:iam::000000000000:role/test';

export interface Outcome {
  readonly status: string;
  // biome-ignore lint/suspicious/noExplicitAny: a state machine's output can be any JSON
  readonly output: any;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

export interface RunOptions {
  readonly withinMs?: number;
  /** What somebody does while the execution runs, for example stop it or send its token back. */
  readonly during?: (executionArn: string) => Promise<unknown>;
}

export type Definition = Readonly<Record<string, unknown>>;

let created = 0;

export async function createMachine(definition: Definition): Promise<string> {
  const name = `m${Date.now()}-${created++}`;
  const { stateMachineArn } = await new SFNClient({}).send(
    new CreateStateMachineCommand({ name, definition: JSON.stringify(definition), roleArn: ROLE }),
  );
  return stateMachineArn as string;
}

/** Creates a state machine, runs it once, and waits for its end. */
export async function run(
  definition: Definition,
  input: unknown = {},
  options: RunOptions = {},
): Promise<Outcome> {
  const client = new SFNClient({});
  const stateMachineArn = await createMachine(definition);
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  const meanwhile = options.during?.(executionArn as string);
  const ended = await eventually(
    async () => {
      const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
      return execution.status === 'RUNNING' ? undefined : execution;
    },
    `end of ${JSON.stringify(definition).slice(0, 200)}`,
    options.withinMs ?? 15_000,
  );
  await meanwhile;
  return {
    status: ended.status as string,
    output: ended.status === 'SUCCEEDED' ? JSON.parse(ended.output ?? 'null') : undefined,
    error: ended.error,
    cause: ended.cause,
  };
}

export const pass = (more: Definition = {}): Definition => ({ Type: 'Pass', End: true, ...more });

/** A machine of one state. */
export const single = (state: Definition, more: Definition = {}): Definition => ({
  StartAt: 'A',
  States: { A: { End: true, ...state }, C: pass() },
  ...more,
});

export const jsonata = (states: Definition, startAt = 'A'): Definition => ({
  QueryLanguage: 'JSONata',
  StartAt: startAt,
  States: states,
});

/** A branch or an item processor that fails with the error Boom. */
export const failing = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Boom', Cause: 'told to' } } };
export const passing = { StartAt: 'P', States: { P: pass() } };

export const inline = (processor: Definition): Definition => ({
  ProcessorConfig: { Mode: 'INLINE' },
  ...processor,
});
export const catching = (...ErrorEquals: string[]): Definition => ({
  Catch: [{ ErrorEquals, ResultPath: '$.caught', Next: 'C' }],
});

/** One row of a table of cases. */
export interface Case {
  readonly definition: Definition;
  readonly input?: unknown;
  /** The output an execution succeeds with; objects may have more keys. */
  readonly output?: unknown;
  /** The error an execution fails with. */
  readonly error?: string;
}
