import {
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { useEngine } from '../../../support/engine.ts';
import { createMachine, failing, pass, run, single } from './machine.ts';

useEngine();

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
const stop = (afterMs: number) => async (executionArn: string) => {
  await sleep(afterMs);
  await new SFNClient({}).send(
    new StopExecutionCommand({ executionArn, error: 'Stopped', cause: 'by hand' }),
  );
};
const statusOf = async (executionArn: string) =>
  (await new SFNClient({}).send(new DescribeExecutionCommand({ executionArn }))).status;
const nested = (StateMachineArn: string) =>
  single({
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Parameters: { StateMachineArn, 'Input.$': '$' },
  });

describe.concurrent('an execution', () => {
  it('times out after the seconds its machine allows', async () => {
    const outcome = await run({
      TimeoutSeconds: 1,
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: 4, End: true } },
    });
    expect(outcome.status).toBe('TIMED_OUT');
  });

  it('is aborted when it is stopped', async () => {
    const outcome = await run(single({ Type: 'Wait', Seconds: 5 }), {}, { during: stop(500) });
    expect(outcome).toMatchObject({ status: 'ABORTED', error: 'Stopped', cause: 'by hand' });
  });

  it('stays aborted, and its branches start no further state', async () => {
    let arn = '';
    const branch = {
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: 2, Next: 'Start' }, Start: { ...startChild, End: true } },
    };
    const child = await createMachine(single(pass()));
    const definition = single({ Type: 'Parallel', Branches: [branch] });
    const outcome = await run(
      definition,
      { child, name: 'never' },
      {
        during: async (executionArn) => {
          arn = executionArn;
          await stop(500)(executionArn);
        },
      },
    );
    expect(outcome.status).toBe('ABORTED');
    await sleep(3000);
    expect(await statusOf(arn)).toBe('ABORTED');
    // Had the branch gone on, this name would be taken.
    const again = new SFNClient({}).send(
      new StartExecutionCommand({ stateMachineArn: child, name: 'never' }),
    );
    await expect(again).resolves.toBeDefined();
  });

  it('refuses a name that was used before', async () => {
    const stateMachineArn = await createMachine(single(pass()));
    const start = (input: string) =>
      new SFNClient({}).send(new StartExecutionCommand({ stateMachineArn, name: 'same', input }));
    await start('{"a":1}');
    await expect(start('{"b":1}')).rejects.toThrow(
      expect.objectContaining({ name: 'ExecutionAlreadyExists' }),
    );
  });
});

const startChild = {
  Type: 'Task',
  Resource: 'arn:aws:states:::states:startExecution',
  Parameters: { 'StateMachineArn.$': '$.child', 'Name.$': '$.name', Input: {} },
};

describe.concurrent('a nested execution', () => {
  it('returns its output as JSON', async () => {
    const child = await createMachine(single(pass({ Result: { ok: 1 } })));
    expect((await run(nested(child))).output.Output).toEqual({ ok: 1 });
  });

  it('fails its parent with States.TaskFailed', async () => {
    const child = await createMachine(failing);
    const outcome = await run(nested(child));
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(outcome.cause ?? '{}')).toMatchObject({ status: 'FAILED', error: 'Boom' });
  });
});
