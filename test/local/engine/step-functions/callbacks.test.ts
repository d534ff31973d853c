import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { eventually, useEngine } from '../../../support/engine.ts';
import { catching, type Definition, jsonata, pass, run, single } from './machine.ts';

useEngine();

const sfn = () => new SFNClient({ maxAttempts: 1 });
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
let queues = 0;

async function aQueue(): Promise<string> {
  const { QueueUrl } = await new SQSClient({}).send(
    new CreateQueueCommand({ QueueName: `tokens-${queues++}` }),
  );
  return QueueUrl as string;
}

const asking = (QueueUrl: string, more: Definition = {}) =>
  single({
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: { QueueUrl, MessageBody: { 'token.$': '$$.Task.Token' } },
    ...more,
  });

/** Waits for the message that carries the token, and answers it. */
const answering = (QueueUrl: string, answer: (taskToken: string) => Promise<unknown>) => async () => {
  const body = await eventually(async () => {
    const { Messages } = await new SQSClient({}).send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }),
    );
    return Messages?.[0]?.Body;
  }, 'message with a task token');
  await answer(JSON.parse(body).token);
};
const succeed = (taskToken: string, output = '{"approved":true}') =>
  sfn().send(new SendTaskSuccessCommand({ taskToken, output }));

describe.concurrent('a task that waits for its token', () => {
  it('succeeds with the output that is sent', async () => {
    const queue = await aQueue();
    const outcome = await run(asking(queue), {}, { during: answering(queue, (token) => succeed(token)) });
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: { approved: true } });
  });

  it('fails with the error that is sent', async () => {
    const queue = await aQueue();
    const during = answering(queue, (taskToken) =>
      sfn().send(new SendTaskFailureCommand({ taskToken, error: 'Rejected', cause: 'no' })),
    );
    const outcome = await run(asking(queue, catching('Rejected')), {}, { during });
    expect(outcome.output.caught).toEqual({ Error: 'Rejected', Cause: 'no' });
  });

  it('times out', async () => {
    const outcome = await run(asking(await aQueue(), { TimeoutSeconds: 2, ...catching('States.Timeout') }));
    expect(outcome.output.caught.Error).toBe('States.Timeout');
  });

  it('times out after the seconds that a path names', async () => {
    const outcome = await run(asking(await aQueue(), { TimeoutSecondsPath: '$.t' }), { t: 1 });
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('fails when no heartbeat comes', async () => {
    const waits = { HeartbeatSeconds: 2, TimeoutSeconds: 60, ...catching('States.HeartbeatTimeout') };
    const outcome = await run(asking(await aQueue(), waits));
    expect(outcome.output.caught.Error).toBe('States.HeartbeatTimeout');
  });

  it('lives on while heartbeats come', async () => {
    const queue = await aQueue();
    const during = answering(queue, async (taskToken) => {
      for (let beat = 0; beat < 4; beat++) {
        await sleep(700);
        await sfn().send(new SendTaskHeartbeatCommand({ taskToken }));
      }
      await succeed(taskToken);
    });
    const outcome = await run(asking(queue, { HeartbeatSeconds: 2 }), {}, { during });
    expect(outcome.status).toBe('SUCCEEDED');
  });

  it('takes its token once', async () => {
    const queue = await aQueue();
    let second: unknown;
    const during = answering(queue, async (token) => {
      await succeed(token);
      await sleep(400);
      second = await succeed(token).catch((error) => error.name);
    });
    const outcome = await run(asking(queue), {}, { during });
    expect(outcome.status).toBe('SUCCEEDED');
    expect(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']).toContain(second);
  });

  it('ends when its execution is stopped', async () => {
    const during = async (executionArn: string) => {
      await sleep(700);
      await sfn().send(new StopExecutionCommand({ executionArn }));
    };
    expect((await run(asking(await aQueue()), {}, { during })).status).toBe('ABORTED');
  });

  it('has its token in JSONata', async () => {
    const queue = await aQueue();
    const definition = jsonata({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Arguments: { QueueUrl: queue, MessageBody: { token: '{% $states.context.Task.Token %}' } },
        TimeoutSeconds: '{% $states.input.limit %}',
        Next: 'B',
      },
      B: pass(),
    });
    const during = answering(queue, (token) => succeed(token, '{"ok":1}'));
    expect((await run(definition, { limit: 20 }, { during })).output).toEqual({ ok: 1 });
  });
});
