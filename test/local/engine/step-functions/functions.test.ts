import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { deployFunctions, useEngine } from '../../../support/engine.ts';
import { ECHO } from '../fixture-functions.ts';
import { catching, type Definition, inline, jsonata, pass, run, single } from './machine.ts';

useEngine();

/** Counts its calls in a queue, then fails. */
const COUNTING = `
const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
exports.handler = async (event) => {
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: event.queue, MessageBody: 'call' }));
  throw new Error('always');
};`;

/** Sends the token it was given back. */
const SENDER = `
const { SFNClient, SendTaskSuccessCommand } = require('@aws-sdk/client-sfn');
exports.handler = ({ taskToken }) =>
  new SFNClient({}).send(new SendTaskSuccessCommand({ taskToken, output: '{"ok":1}' })).then(() => null);`;

let names: Readonly<Record<string, string>>;
beforeAll(async () => {
  names = await deployFunctions({ Echo: ECHO, Counting: COUNTING, Sender: SENDER });
});

const INVOKE = 'arn:aws:states:::lambda:invoke';
const invoking = (Payload: unknown, more: Definition = {}, name = 'Echo') =>
  single({ Type: 'Task', Resource: INVOKE, Parameters: { FunctionName: names[name], Payload }, ...more });
const invokingEach = (more: Definition = {}) => {
  const Parameters = { FunctionName: names.Echo, 'Payload.$': '$' };
  const states = { I: { Type: 'Task', Resource: INVOKE, Parameters, End: true, ...more }, Q: pass() };
  return single({ Type: 'Map', ItemsPath: '$.x', ItemProcessor: inline({ StartAt: 'I', States: states }) });
};
const task = (more: Definition) => {
  const Arguments = { FunctionName: names.Echo, Payload: '{% $states.input %}' };
  return jsonata({
    A: { Type: 'Task', Resource: INVOKE, Arguments, ...more },
    C: pass(),
    D: pass({ Output: { v: '{% $v %}', out: '{% $states.input %}' } }),
  });
};

describe.concurrent('a task that invokes a function', () => {
  it('catches the error by the name that the function gave it', async () => {
    const outcome = await run(invoking({ fail: true }, catching('ValidationError')));
    expect(outcome.output.caught.Error).toBe('ValidationError');
    expect(JSON.parse(outcome.output.caught.Cause)).toMatchObject({ errorMessage: 'told to fail' });
  });

  it('times out before the function does', async () => {
    const outcome = await run(
      invoking({ sleep: 3000 }, { TimeoutSeconds: 1, ...catching('States.Timeout') }),
    );
    expect(outcome.output.caught.Error).toBe('States.Timeout');
  });

  it('times out after the seconds that a path or an expression names', async () => {
    const path = single({
      Type: 'Task',
      Resource: INVOKE,
      Parameters: { FunctionName: names.Echo, Payload: { sleep: 3000 } },
      TimeoutSecondsPath: '$.t',
    });
    const expression = task({ TimeoutSeconds: '{% $states.input.t %}', End: true });
    const outcomes = await Promise.all([run(path, { t: 1 }), run(expression, { t: 1, sleep: 3000 })]);
    expect(outcomes.map((one) => one.error)).toEqual(['States.Timeout', 'States.Timeout']);
  });

  it('sees the timeout of the function itself', async () => {
    const outcome = await run(
      invoking({ sleep: 9000 }, catching('Sandbox.Timedout')),
      {},
      { withinMs: 20_000 },
    );
    expect(outcome.output.caught.Error).toBe('Sandbox.Timedout');
  });

  it('is tried again as often as Retry says', async () => {
    const { QueueUrl } = await new SQSClient({}).send(new CreateQueueCommand({ QueueName: 'calls' }));
    const Retry = [
      {
        ErrorEquals: ['States.ALL'],
        MaxAttempts: 2,
        IntervalSeconds: 1,
        BackoffRate: 1,
        JitterStrategy: 'FULL',
        MaxDelaySeconds: 2,
      },
    ];
    expect((await run(invoking({ queue: QueueUrl }, { Retry }, 'Counting'))).status).toBe('FAILED');
    const { Attributes } = await new SQSClient({}).send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    expect(Attributes?.ApproximateNumberOfMessages).toBe('3');
  });

  it('fails when it waits for a token and the function throws', async () => {
    const definition = single({
      Type: 'Task',
      Resource: `${INVOKE}.waitForTaskToken`,
      Parameters: { FunctionName: names.Echo, Payload: { fail: true, 't.$': '$$.Task.Token' } },
      TimeoutSeconds: 20,
    });
    expect(await run(definition)).toMatchObject({ status: 'FAILED', error: 'ValidationError' });
  });

  it('succeeds when the function sends its token back', async () => {
    const definition = single({
      Type: 'Task',
      Resource: `${INVOKE}.waitForTaskToken`,
      Parameters: { FunctionName: names.Sender, Payload: { 'taskToken.$': '$$.Task.Token' } },
      TimeoutSeconds: 20,
    });
    expect((await run(definition)).output).toEqual({ ok: 1 });
  });
});

describe.concurrent('a map of functions', () => {
  it('hands an array to the function as it is', async () => {
    const outcome = await run(invokingEach(), { x: [[1, 2]] });
    expect(outcome.output[0].Payload.event).toEqual([1, 2]);
  });

  it('catches the error of an item inside that item', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.e', Next: 'Q' }];
    const outcome = await run(invokingEach({ Catch }), { x: [{ fail: true }] });
    expect(outcome.output[0].e.Error).toBe('ValidationError');
  });
});

describe.concurrent('a JSONata task', () => {
  it('assigns from the raw result and outputs something else', async () => {
    const outcome = await run(
      task({
        Assign: { v: '{% $states.result.Payload.event.a + 2 %}' },
        Output: '{% $states.result.Payload.event %}',
        Next: 'D',
      }),
      { a: 7 },
    );
    expect(outcome.output).toEqual({ v: 9, out: { a: 7 } });
  });

  it('outputs and assigns when it catches', async () => {
    const caught = '{% $states.errorOutput.Error %}';
    const Catch = [{ ErrorEquals: ['States.ALL'], Output: { e: caught }, Assign: { v: caught }, Next: 'D' }];
    const outcome = await run(task({ Catch, End: true }), { fail: true });
    expect(outcome.output).toEqual({ v: 'ValidationError', out: { e: 'ValidationError' } });
  });

  it('retries by the name of the error', async () => {
    const Retry = [{ ErrorEquals: ['SomethingElse'], MaxAttempts: 5, IntervalSeconds: 5 }];
    expect(await run(task({ Retry, End: true }), { fail: true })).toMatchObject({ error: 'ValidationError' });
  });
});
