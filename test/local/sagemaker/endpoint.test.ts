import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  DeleteEndpointCommand,
  DeleteModelCommand,
  ListEndpointsCommand,
  UpdateEndpointCommand,
} from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, startCloud, until } from './cloud.ts';
import {
  createConfig,
  createModel,
  deploy,
  describeEndpoint,
  invoke,
  isAlive,
  putModel,
  settled,
} from './hosting.ts';

/** The smallest model: names itself, and does what the request says. */
const saying = (name: string) => `
import json, os, time
def model_fn(model_dir):
    return os.listdir(model_dir)
def predict_fn(data, model):
    if data.get("raise"): raise ValueError(data["raise"])
    if data.get("exit"): os._exit(3)
    time.sleep(data.get("sleep", 0))
    return {"name": "${name}", "files": model, "long": "x" * data.get("characters", 0)}
`;

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud();
  await deploy(cloud, 'first', saying('first'));
});
afterAll(() => cloud?.stop());

describe('an endpoint', () => {
  it('is created, then in service, and answers through the inference script', async () => {
    expect(await describeEndpoint(cloud, 'first')).toMatchObject({
      EndpointStatus: 'InService',
      EndpointConfigName: 'first',
    });
    const reply = await invoke(cloud, 'first', '{}');
    expect(JSON.parse(reply.text)).toEqual({ name: 'first', files: ['code'], long: '' });
    expect(reply).toMatchObject({ ContentType: 'application/json', InvokedProductionVariant: 'only' });
  });

  it('is creating at first, and cannot be touched then', async () => {
    await cloud.control.send(
      new CreateEndpointCommand({ EndpointName: 'hasty', EndpointConfigName: 'first' }),
    );
    expect(await describeEndpoint(cloud, 'hasty')).toMatchObject({ EndpointStatus: 'Creating' });
    await expect(invoke(cloud, 'hasty', '{}')).rejects.toMatchObject({ name: 'ValidationError' });
    const removal = cloud.control.send(new DeleteEndpointCommand({ EndpointName: 'hasty' }));
    await expect(removal).rejects.toMatchObject({ name: 'ValidationException' });
    await settled(cloud, 'hasty');
  });

  it('fails with a reason when its script does not load', async () => {
    const failed = await deploy(cloud, 'broken', 'import nothing_of_that_name');
    expect(failed.EndpointStatus).toBe('Failed');
    expect(failed.FailureReason).toMatch(/ping health check.*nothing_of_that_name/);
  });

  it('moves to another configuration without a pause, and ends the process before', async () => {
    const before = cloud.sagemaker.endpointPid('hasty');
    await createModel(cloud, 'second', await putModel(cloud, 'second', saying('second')));
    await createConfig(cloud, 'second', 'second');
    await cloud.control.send(
      new UpdateEndpointCommand({ EndpointName: 'hasty', EndpointConfigName: 'second' }),
    );
    expect(JSON.parse((await invoke(cloud, 'hasty', '{}')).text).name).toBe('first');
    await settled(cloud, 'hasty');
    expect(JSON.parse((await invoke(cloud, 'hasty', '{}')).text).name).toBe('second');
    await until(
      async () => isAlive(before),
      (alive) => !alive,
    );
  });

  it('rolls back an update that fails, and says why', async () => {
    await cloud.control.send(
      new UpdateEndpointCommand({ EndpointName: 'hasty', EndpointConfigName: 'broken' }),
    );
    expect(await settled(cloud, 'hasty')).toMatchObject({
      EndpointStatus: 'InService',
      EndpointConfigName: 'second',
      FailureReason: expect.stringMatching(/ping health check/),
    });
    expect(JSON.parse((await invoke(cloud, 'hasty', '{}')).text).name).toBe('second');
  });

  it('is gone with its process after deletion', async () => {
    const pid = cloud.sagemaker.endpointPid('hasty');
    expect(isAlive(pid)).toBe(true);
    await cloud.control.send(new DeleteEndpointCommand({ EndpointName: 'hasty' }));
    await until(
      () =>
        describeEndpoint(cloud, 'hasty').then(
          () => 'there',
          (error) => error.name,
        ),
      (name) => name === 'ValidationException',
    );
    expect(isAlive(pid)).toBe(false);
    const { Endpoints = [] } = await cloud.control.send(new ListEndpointsCommand({ NameContains: 'hasty' }));
    expect(Endpoints).toEqual([]);
  });

  it('fails when its process dies, in the status and in every call', async () => {
    await deploy(cloud, 'mortal', saying('mortal'));
    process.kill(cloud.sagemaker.endpointPid('mortal') ?? 0, 'SIGKILL');
    await until(
      () => describeEndpoint(cloud, 'mortal'),
      ({ EndpointStatus }) => EndpointStatus === 'Failed',
    );
    await expect(invoke(cloud, 'mortal', '{}')).rejects.toMatchObject({
      name: 'ModelError',
      $metadata: { httpStatusCode: 424 },
    });
  });

  it('answers the call during which its process dies with a model error', async () => {
    await deploy(cloud, 'dying', saying('dying'));
    await expect(invoke(cloud, 'dying', '{"exit": 1}')).rejects.toMatchObject({ name: 'ModelError' });
  });
});

describe('the limits of a serverless endpoint', () => {
  it('passes a script’s exception on as a model error', async () => {
    const call = invoke(cloud, 'first', '{"raise": "no such station"}');
    await expect(call).rejects.toMatchObject({
      name: 'ModelError',
      OriginalStatusCode: 500,
      OriginalMessage: expect.stringContaining('no such station'),
    });
  });

  it('takes 4 MB and refuses one byte more', async () => {
    const body = (bytes: number) => `{"pad": "${'x'.repeat(bytes - 11)}"}`;
    const limit = 4 * 1024 * 1024;
    expect(body(limit)).toHaveLength(limit);
    expect((await invoke(cloud, 'first', body(limit))).text).toContain('first');
    await expect(invoke(cloud, 'first', body(limit + 1))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 413 },
    });
  });

  it('refuses an answer above 4 MB', async () => {
    await expect(invoke(cloud, 'first', '{"characters": 4200000}')).rejects.toMatchObject({
      name: 'ModelError',
    });
  });

  it('throttles beyond its concurrency', async () => {
    await deploy(cloud, 'narrow', saying('narrow'), { MemorySizeInMB: 1024, MaxConcurrency: 1 });
    const calls = await Promise.allSettled([
      invoke(cloud, 'narrow', '{"sleep": 0.5}'),
      invoke(cloud, 'narrow', '{"sleep": 0.5}'),
    ]);
    const reasons = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason.name] : []));
    expect(reasons).toEqual(['ThrottlingException']);
    expect((await invoke(cloud, 'narrow', '{}')).text).toContain('narrow');
  });

  it.each([
    ['memory between steps', { MemorySizeInMB: 1500, MaxConcurrency: 5 }],
    ['more memory than there is', { MemorySizeInMB: 7168, MaxConcurrency: 5 }],
    ['a concurrency of 201', { MemorySizeInMB: 1024, MaxConcurrency: 201 }],
  ])('refuses %s', async (_, serverless) => {
    await expect(createConfig(cloud, 'refused', 'first', serverless)).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('refuses a second variant', async () => {
    const variant = { ModelName: 'first', ServerlessConfig: { MemorySizeInMB: 1024, MaxConcurrency: 1 } };
    const ProductionVariants = [
      { ...variant, VariantName: 'a' },
      { ...variant, VariantName: 'b' },
    ];
    const call = cloud.control.send(
      new CreateEndpointConfigCommand({ EndpointConfigName: 'two', ProductionVariants }),
    );
    await expect(call).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('what an endpoint is made of', () => {
  it('must exist', async () => {
    const missing = { name: 'ValidationException', message: expect.stringContaining('Could not find') };
    await expect(createModel(cloud, 'ghost', 's3://sagemaker-twin/none.tar.gz')).rejects.toMatchObject(
      missing,
    );
    await expect(createConfig(cloud, 'ghost', 'ghost')).rejects.toMatchObject(missing);
    const call = cloud.control.send(
      new CreateEndpointCommand({ EndpointName: 'ghost', EndpointConfigName: 'ghost' }),
    );
    await expect(call).rejects.toMatchObject(missing);
    await expect(cloud.control.send(new DeleteModelCommand({ ModelName: 'ghost' }))).rejects.toMatchObject(
      missing,
    );
    await expect(invoke(cloud, 'ghost', '{}')).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('cannot be created twice', async () => {
    const twice = { message: expect.stringContaining('already existing') };
    await expect(createConfig(cloud, 'first', 'first')).rejects.toMatchObject(twice);
    const call = cloud.control.send(
      new CreateEndpointCommand({ EndpointName: 'first', EndpointConfigName: 'first' }),
    );
    await expect(call).rejects.toMatchObject(twice);
  });
});
