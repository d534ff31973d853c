import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoints, EndpointWanted } from '../../../lib/stores/endpoints/endpoints.ts';
import { sageMakerEndpoints } from '../../../lib/stores/endpoints/endpoints-sagemaker.ts';
import { sageMakerInvoke } from '../../../lib/stores/endpoints/invoke-sagemaker.ts';
import { type Cloud, IMAGE, ROLE, startCloud, until } from '../../local/sagemaker/cloud.ts';
import { putModel } from '../../local/sagemaker/hosting.ts';

const ECHO = `
def model_fn(model_dir):
    return None
def predict_fn(data, model):
    if data.get("raise"): raise ValueError(data["raise"])
    return {"got": data}
`;

let cloud: Cloud;
let endpoints: Endpoints;
let wanted: EndpointWanted;

beforeAll(async () => {
  cloud = await startCloud();
  // Through the engine's one address, as the functions reach it.
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const control = new SageMakerClient({ endpoint: cloud.engine.url, region: 'us-east-1', credentials });
  endpoints = sageMakerEndpoints({ control, invoke: sageMakerInvoke(cloud.runtime) });
  wanted = {
    name: 'mooring-test-churn-v1',
    image: IMAGE,
    modelDataUrl: await putModel(cloud, 'echo', ECHO),
    roleArn: ROLE,
    memoryMb: 2048,
    maxConcurrency: 2,
    environment: { SAGEMAKER_PROGRAM: 'inference.py', SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code' },
    model: 'churn',
  };
});
afterAll(() => cloud?.stop());

describe('endpoints on SageMaker', () => {
  it('are deployed once, however often they are asked for, and answer JSON', async () => {
    await endpoints.deploy(wanted);
    await endpoints.deploy(wanted);
    const state = await until(
      () => endpoints.describe(wanted.name),
      (s) => s?.status !== 'Creating',
    );
    expect(state).toEqual({ status: 'InService' });
    await endpoints.deploy(wanted);
    expect(await endpoints.invoke(wanted.name, { rows: [[0.1]] })).toEqual({ got: { rows: [[0.1]] } });
  });

  it('say why there is no prediction', async () => {
    const failed = endpoints.invoke(wanted.name, { raise: 'no such column' });
    await expect(failed).rejects.toMatchObject({
      name: 'EndpointError',
      kind: 'model-error',
      retryable: false,
    });
    await expect(endpoints.invoke('nobody', {})).rejects.toMatchObject({ kind: 'not-found' });
    const large = endpoints.invoke(wanted.name, { text: 'x'.repeat(5_000_000) });
    await expect(large).rejects.toMatchObject({ kind: 'rejected' });
  });

  it('go with their config and model, and may be removed again', async () => {
    expect(await endpoints.remove(wanted.name)).toBe(true);
    await until(
      () => endpoints.describe(wanted.name),
      (s) => s === undefined,
    );
    expect(await endpoints.remove(wanted.name)).toBe(false);
    await endpoints.deploy(wanted);
    expect((await endpoints.describe(wanted.name))?.status).toBe('Creating');
  });
});
