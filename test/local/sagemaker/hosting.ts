import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeEndpointCommand,
  type ProductionVariantServerlessConfig,
} from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand } from '@aws-sdk/client-sagemaker-runtime';
import { type Cloud, IMAGE, ROLE, until } from './cloud.ts';

export const SERVERLESS = { MemorySizeInMB: 2048, MaxConcurrency: 5 };

/** A model whose serving code is the given text. */
export const putModel = (cloud: Cloud, name: string, inference: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'model-'));
  mkdirSync(join(folder, 'code'));
  writeFileSync(join(folder, 'code/inference.py'), inference);
  execFileSync('tar', ['-czf', 'model.tar.gz', 'code'], { cwd: folder });
  const archive = readFileSync(join(folder, 'model.tar.gz'));
  rmSync(folder, { recursive: true });
  return cloud.put(`models/${name}/model.tar.gz`, archive);
};

export const createModel = (cloud: Cloud, ModelName: string, ModelDataUrl: string) =>
  cloud.control.send(
    new CreateModelCommand({
      ModelName,
      ExecutionRoleArn: ROLE,
      PrimaryContainer: {
        Image: IMAGE,
        ModelDataUrl,
        Environment: {
          SAGEMAKER_PROGRAM: 'inference.py',
          SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code',
        },
      },
    }),
  );

export const createConfig = (
  cloud: Cloud,
  EndpointConfigName: string,
  ModelName: string,
  ServerlessConfig: ProductionVariantServerlessConfig = SERVERLESS,
) =>
  cloud.control.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName,
      ProductionVariants: [{ VariantName: 'only', ModelName, ServerlessConfig }],
    }),
  );

export const describeEndpoint = (cloud: Cloud, EndpointName: string) =>
  cloud.control.send(new DescribeEndpointCommand({ EndpointName }));

export const settled = (cloud: Cloud, name: string) =>
  until(
    () => describeEndpoint(cloud, name),
    ({ EndpointStatus: status = '' }) => ['InService', 'Failed'].includes(status),
  );

/** Model, configuration and endpoint of one name, until it serves or has failed. */
export const deploy = async (
  cloud: Cloud,
  name: string,
  inference: string,
  serverless?: ProductionVariantServerlessConfig,
) => {
  await createModel(cloud, name, await putModel(cloud, name, inference));
  await createConfig(cloud, name, name, serverless);
  await cloud.control.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
  return settled(cloud, name);
};

export const invoke = async (cloud: Cloud, EndpointName: string, body: string) => {
  const reply = await cloud.runtime.send(
    new InvokeEndpointCommand({
      EndpointName,
      Body: body,
      ContentType: 'application/json',
      Accept: 'application/json',
      InferenceId: 'call-1',
    }),
  );
  return { ...reply, text: Buffer.from(reply.Body).toString() };
};

/** A process that has ended but that nobody has asked after (a zombie) is not alive. */
export const isAlive = (pid: number | undefined) => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z';
  } catch {
    return false;
  }
};
