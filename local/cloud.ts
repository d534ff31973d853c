import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { temporaryFolder } from './at-exit.ts';
import { bootstrap, deploy, reachableUrl, type StackOutputs, synth } from './deploy.ts';
import { type Engine, startEngine } from './engine.ts';
import { freePort } from './free-port.ts';
import { ensureVenv } from './python.ts';
import { type SageMaker, startSageMaker } from './sagemaker.ts';

const ROOT = resolve(import.meta.dirname, '..');
export const STATE_DIR = join(ROOT, '.mooring');

export const ENGINE_REQUIREMENTS = join(ROOT, 'local', 'engine', 'requirements.txt');
export const TRAINER_REQUIREMENTS = join(ROOT, 'trainer', 'requirements.txt');

/** Settings that differ between the laptop and AWS; everything else of the template is the same. */
export const LOCAL_CONTEXT: Readonly<Record<string, string>> = {
  stage: 'local',
  pollSeconds: '1',
  drainSeconds: '5',
};

export interface CloudOptions {
  /** @default a free one */
  readonly port?: number;
  /** Enforce IAM on every call a function makes. @default false */
  readonly iam?: boolean;
  readonly progress?: (line: string) => void;
  /** An assembly that is synthesized already. @default synthesize now */
  readonly assembly?: string;
  /** Gives up, and leaves nothing behind. */
  readonly signal?: AbortSignal;
}

export interface Cloud {
  readonly engine: Engine;
  readonly sagemaker: SageMaker;
  readonly outputs: StackOutputs;
  readonly apiUrl: string;
  /** Seconds from a started engine to a deployed platform. */
  readonly deploySeconds: number;
  stop(): Promise<void>;
}

type Stop = () => Promise<void>;

/** One running engine with SageMaker beside it and Mooring deployed on it. */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const { progress = () => {}, signal } = options;
  const stopping: Stop[] = [];
  const stop = async () => {
    await Promise.all(stopping.splice(0).map((end) => end()));
  };
  try {
    const assembly = options.assembly ?? (await synthesize(options, stopping));
    signal?.throwIfAborted();
    const { engine, sagemaker } = await startServices(options, stopping);
    const started = performance.now();
    const cdkOptions = signal === undefined ? {} : { signal };
    progress('bootstrapping');
    await bootstrap(engine, cdkOptions);
    progress('deploying the stacks');
    const outputs = await deploy(engine, assembly, cdkOptions);
    const deploySeconds = (performance.now() - started) / 1000;
    const apiUrl = reachableUrl(output(outputs, 'ApiUrl'), engine);
    return { engine, sagemaker, outputs, apiUrl, deploySeconds, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function synthesize({ progress, signal }: CloudOptions, stopping: Stop[]): Promise<string> {
  progress?.('synthesizing the template');
  await mkdir(STATE_DIR, { recursive: true });
  const out = await temporaryFolder(join(STATE_DIR, `assembly-${process.pid}-`));
  stopping.push(out.remove);
  await synth(out.path, LOCAL_CONTEXT, signal === undefined ? {} : { signal });
  return out.path;
}

async function startServices({ port, iam, progress, signal }: CloudOptions, stopping: Stop[]) {
  const sagemakerPort = await freePort();
  progress?.('starting the local cloud');
  const engine = await startEngine({
    port: port ?? (await freePort()),
    stateDir: STATE_DIR,
    sagemakerUrl: `http://127.0.0.1:${sagemakerPort}`,
    ...(iam && { iam }),
  });
  stopping.push(engine.stop);
  signal?.throwIfAborted();
  const sagemaker = await startSageMaker({
    port: sagemakerPort,
    stateDir: STATE_DIR,
    python: await ensureVenv('trainer', TRAINER_REQUIREMENTS),
    awsUrl: engine.url,
    env: engine.env,
    eventToken: engine.eventToken,
  });
  stopping.push(sagemaker.stop);
  signal?.throwIfAborted();
  return { engine, sagemaker };
}

/** One output of the stacks by its key. */
export function output(outputs: StackOutputs, key: string): string {
  const found = Object.values(outputs).find((stack) => key in stack)?.[key];
  if (found === undefined) throw new Error(`stack outputs have no ${key}`);
  return found;
}
