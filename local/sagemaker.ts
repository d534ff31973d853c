import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Env } from './sagemaker/aws-client.ts';
import { createEndpoints } from './sagemaker/endpoint.ts';
import { createEndpointConfigs } from './sagemaker/endpoint-config.ts';
import { createEmitter } from './sagemaker/events.ts';
import { createHttp } from './sagemaker/http.ts';
import { createInvoke } from './sagemaker/invoke-endpoint.ts';
import { SERVER_STOP_GRACE_MS, TRAINING_STOP_GRACE_MS } from './sagemaker/limits.ts';
import { createModels } from './sagemaker/model.ts';
import { createObjects } from './sagemaker/objects.ts';
import { createTags } from './sagemaker/tags.ts';
import { trainingJobs } from './sagemaker/training-job.ts';
import { transformJobs } from './sagemaker/transform-job.ts';
import { tuningJobs } from './sagemaker/tuning-job.ts';
import type { Twin } from './sagemaker/twin.ts';
import { startWarmPython } from './sagemaker/warm-python.ts';
import { createWorkFolder } from './sagemaker/work-folder.ts';

export type SageMakerOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  /** A work folder is made below it; what is in there goes with the job, the endpoint or the twin. */
  readonly stateDir: string;
  /** The interpreter of the environment with the trainer's requirements. */
  readonly python: string;
  readonly awsUrl: string;
  /** Credentials, region and certificates for the local AWS. */
  readonly env: Env;
  /** What lets events of the source aws.sagemaker onto the local bus. */
  readonly eventToken: string;
  readonly log?: ((line: string) => void) | undefined;
  /** Time between SIGTERM and SIGKILL; as on AWS unless a test says otherwise. */
  readonly stopGraceMs?: Twin['stopGraceMs'];
};

export type SageMaker = {
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** The process behind an endpoint, for a test to end. */
  readonly endpointPid: (name: string) => number | undefined;
};

const createResources = (twin: Twin) => {
  const tags = createTags();
  const models = createModels(twin, tags);
  const configs = createEndpointConfigs(twin, tags, models);
  const endpoints = createEndpoints(twin, tags, configs, models);
  const training = trainingJobs(twin, tags);
  const kinds = [
    tags,
    models,
    configs,
    endpoints,
    // Before the training jobs: when they end, no new one may follow.
    tuningJobs(twin, tags, training),
    training,
    transformJobs(twin, tags, models),
  ];
  return { endpoints, kinds };
};

const listen = async (server: Server, port: number) => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
};

/** SageMaker on a laptop: the same API, states and limits, with plain processes for containers. Loopback only. */
export const startSageMaker = async (options: SageMakerOptions): Promise<SageMaker> => {
  const { port, stateDir, python, awsUrl, env, eventToken, log = () => {} } = options;
  const workFolder = await createWorkFolder(stateDir);
  const warm = await startWarmPython(python);
  const objects = createObjects(awsUrl, env);
  const emitter = createEmitter(awsUrl, env, eventToken, log);
  const twin: Twin = {
    workFolder: workFolder.path,
    launch: warm.launch,
    objects,
    stopGraceMs: options.stopGraceMs ?? { training: TRAINING_STOP_GRACE_MS, server: SERVER_STOP_GRACE_MS },
    nowMs: () => Date.now(),
    newId: () => randomUUID().slice(0, 8),
    emit: emitter.emit,
    log,
  };
  const { endpoints, kinds } = createResources(twin);
  const actions = Object.assign({}, ...kinds.map((kind) => kind.actions));
  const server = createHttp({ actions, invoke: createInvoke(twin, endpoints), log });
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await Promise.all(kinds.map((kind) => kind.stop()));
    await warm.stop();
    await emitter.close();
    objects.close();
    await workFolder.remove();
  };
  try {
    await listen(server, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    endpointPid: (name) => endpoints.find(name)?.server?.pid,
    stop,
  };
};
