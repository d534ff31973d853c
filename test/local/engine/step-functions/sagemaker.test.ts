import { createServer, type Server } from 'node:http';
import { DescribeTrainingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, useEngine } from '../../../support/engine.ts';
import { type Definition, jsonata, pass, run, single } from './machine.ts';

type Answer = readonly [status: number, body: unknown];
const jobs = new Map<string, Record<string, unknown>>();

/** Just enough of SageMaker's protocol to see what reaches it: jobs named after how they end. */
function answer(target: string, url: string, body: string): Answer {
  if (url.startsWith('/endpoints/')) return endpoint(url, body);
  const input = JSON.parse(body || '{}');
  const name = input.TrainingJobName;
  if (target === 'SageMaker.CreateTrainingJob') return create(name, input);
  const job = jobs.get(name);
  if (!job) return [400, { __type: 'ValidationException', message: 'Requested resource not found.' }];
  if (target === 'SageMaker.StopTrainingJob') job.TrainingJobStatus = 'Stopped';
  return [200, target === 'SageMaker.DescribeTrainingJob' ? job : {}];
}

function create(name: string, input: Record<string, unknown>): Answer {
  if (jobs.has(name)) return [400, { __type: 'ResourceInUse', message: 'Job name must be unique' }];
  const job: Record<string, unknown> = { ...input, TrainingJobStatus: 'InProgress' };
  jobs.set(name, job);
  if (name.startsWith('good')) setTimeout(() => Object.assign(job, { TrainingJobStatus: 'Completed' }), 300);
  if (name.startsWith('bad'))
    setTimeout(() => Object.assign(job, { TrainingJobStatus: 'Failed', FailureReason: 'exit code 1' }), 300);
  return [200, { TrainingJobArn: `arn:aws:sagemaker:us-east-1:000000000000:training-job/${name}` }];
}

function endpoint(url: string, body: string): Answer {
  return url === '/endpoints/live/invocations'
    ? [200, { predictions: [0.5], got: body }]
    : [400, { message: 'Endpoint not found' }];
}

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const target = String(request.headers['x-amz-target']);
      const [status, body] = answer(target, request.url ?? '', Buffer.concat(chunks).toString());
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => void server.close());

useEngine(() => ({ sagemakerUrl: url }));

const train = (TrainingJobName: string, more: Definition = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sagemaker:createTrainingJob.sync',
  Arguments: { TrainingJobName },
  End: true,
  ...more,
});
const call = (action: string, Parameters: unknown) =>
  run(single({ Type: 'Task', Resource: `arn:aws:states:::aws-sdk:${action}`, Parameters }));

describe.concurrent('a training task', () => {
  it('waits for its job and returns what describes it', async () => {
    const { output } = await run(jsonata({ A: train('good-1') }));
    expect(output).toMatchObject({ TrainingJobName: 'good-1', TrainingJobStatus: 'Completed' });
  });

  it('fails with the reason of its job', async () => {
    const Catch = [
      {
        ErrorEquals: ['States.TaskFailed'],
        Output: '{% $parse($states.errorOutput.Cause).FailureReason %}',
        Next: 'B',
      },
    ];
    expect((await run(jsonata({ A: train('bad-1', { Catch }), B: pass() }))).output).toBe('exit code 1');
  });

  it('is refused for a job name that was used', async () => {
    await run(jsonata({ A: train('good-twice') }));
    const again = await run(jsonata({ A: train('good-twice') }));
    expect(again).toMatchObject({
      error: 'SageMaker.AmazonSageMakerException',
      cause: 'Job name must be unique',
    });
  });

  it('stops its job when it times out', async () => {
    expect((await run(jsonata({ A: train('slow-1', { TimeoutSeconds: 1 }) }))).error).toBe('States.Timeout');
    await stopped('slow-1');
  });

  it('stops its job when the execution is stopped', async () => {
    const during = async (executionArn: string) => {
      await eventually(async () => jobs.get('slow-2'), 'job slow-2');
      await new SFNClient({}).send(new StopExecutionCommand({ executionArn }));
    };
    const branches = {
      A: { Type: 'Parallel', Branches: [{ StartAt: 'T', States: { T: train('slow-2') } }], End: true },
    };
    expect((await run(jsonata(branches), {}, { during })).status).toBe('ABORTED');
    await stopped('slow-2');
  });

  it('is no integration for an action that Step Functions does not have', async () => {
    const Resource = 'arn:aws:states:::sagemaker:describeTrainingJob';
    expect((await run(single({ Type: 'Task', Resource, Parameters: {} }))).error).toBe('States.Runtime');
  });
});

const stopped = (name: string) =>
  eventually(async () => jobs.get(name)?.TrainingJobStatus === 'Stopped' || undefined, `stop of ${name}`);

describe.concurrent('SageMaker behind the engine', () => {
  it('answers aws-sdk tasks, with the service in the names of its errors', async () => {
    await run(jsonata({ A: train('good-sdk') }));
    const found = await call('sagemaker:describeTrainingJob', { TrainingJobName: 'good-sdk' });
    expect(found.output.TrainingJobStatus).toBe('Completed');
    const missing = await call('sagemaker:describeTrainingJob', { TrainingJobName: 'none' });
    expect(missing.error).toBe('SageMaker.ValidationException');
    const used = await call('sagemaker:createTrainingJob', { TrainingJobName: 'good-sdk' });
    expect(used.error).toBe('SageMaker.ResourceInUseException');
  });

  it('invokes endpoints for tasks', async () => {
    const Body = { a: 1 };
    const found = await call('sagemakerruntime:invokeEndpoint', { EndpointName: 'live', Body });
    expect(JSON.parse(found.output.Body)).toEqual({ predictions: [0.5], got: '{"a":1}' });
    const missing = await call('sagemakerruntime:invokeEndpoint', { EndpointName: 'none', Body });
    expect(missing.error).toBe('SageMakerRuntime.SageMakerRuntimeException');
  });

  it('answers SDK clients', async () => {
    const runtime = new SageMakerRuntimeClient({});
    const { Body } = await runtime.send(new InvokeEndpointCommand({ EndpointName: 'live', Body: 'x' }));
    expect(JSON.parse(Buffer.from(Body).toString())).toEqual({ predictions: [0.5], got: 'x' });
    const missing = new SageMakerClient({}).send(new DescribeTrainingJobCommand({ TrainingJobName: 'none' }));
    await expect(missing).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }));
  });
});
