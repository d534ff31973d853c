import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Env } from './aws-client.ts';

/** What a container of SageMaker finds at /opt/ml is here, in a folder of the job; SAGEMAKER_BASE_DIR says where. */
export const CONTAINER_BASE = '/opt/ml';

export const inBase = (base: string, path: string) =>
  path === CONTAINER_BASE || path.startsWith(`${CONTAINER_BASE}/`)
    ? base + path.slice(CONTAINER_BASE.length)
    : path;

/** No shell and no user of the developer's: a container has neither. */
export const containerEnv = (base: string, extra: Env): Env => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: base,
  TMPDIR: join(base, 'tmp'),
  LANG: 'C.UTF-8',
  PYTHONUNBUFFERED: '1',
  SAGEMAKER_BASE_DIR: base,
  SM_NUM_CPUS: String(cpus().length),
  ...extra,
});

const HOST = 'algo-1';

export type TrainingInput = {
  readonly jobName: string;
  readonly jobArn: string;
  readonly hyperParameters: Readonly<Record<string, string>>;
  readonly channels: readonly { readonly name: string; readonly contentType?: string | undefined }[];
  readonly environment: Readonly<Record<string, string>>;
};

const variableName = (name: string) => name.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_');

export const trainingEnv = (base: string, input: TrainingInput): Env => ({
  ...containerEnv(base, {}),
  TRAINING_JOB_NAME: input.jobName,
  TRAINING_JOB_ARN: input.jobArn,
  SM_MODEL_DIR: join(base, 'model'),
  SM_OUTPUT_DATA_DIR: join(base, 'output/data'),
  SM_HOSTS: JSON.stringify([HOST]),
  SM_CURRENT_HOST: HOST,
  SM_CHANNELS: JSON.stringify(input.channels.map(({ name }) => name)),
  SM_HPS: JSON.stringify(input.hyperParameters),
  ...Object.fromEntries(
    input.channels.map(({ name }) => [`SM_CHANNEL_${variableName(name)}`, join(base, 'input/data', name)]),
  ),
  ...Object.fromEntries(
    Object.entries(input.hyperParameters).map(([name, value]) => [`SM_HP_${variableName(name)}`, value]),
  ),
  ...input.environment,
});

/** The folders and configuration files a training container starts with. */
export const writeTrainingBase = async (base: string, input: TrainingInput): Promise<void> => {
  for (const folder of ['input/config', 'input/data', 'model', 'output/data', 'tmp']) {
    await mkdir(join(base, folder), { recursive: true });
  }
  const channels = input.channels.map(({ name, contentType }) => [
    name,
    {
      ContentType: contentType,
      TrainingInputMode: 'File',
      S3DistributionType: 'FullyReplicated',
      RecordWrapperType: 'None',
    },
  ]);
  const config = {
    hyperparameters: input.hyperParameters,
    inputdataconfig: Object.fromEntries(channels),
    resourceconfig: { current_host: HOST, hosts: [HOST], network_interface_name: 'lo' },
  };
  for (const [name, value] of Object.entries(config)) {
    await writeFile(join(base, 'input/config', `${name}.json`), JSON.stringify(value));
  }
};
