import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
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

/** One running engine with SageMaker beside it and Mooring deployed on it. */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const progress = options.progress ?? (() => {});
  const stopping: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stopping.splice(0).reverse()) await end();
  };
  try {
    const assembly = options.assembly ?? (await synthesize(stopping, progress));
    const { engine, sagemaker } = await startServices(options, stopping, progress);
    const started = performance.now();
    progress('bootstrapping');
    await bootstrap(engine);
    progress('deploying the stacks');
    const outputs = await deploy(engine, assembly);
    const deploySeconds = (performance.now() - started) / 1000;
    return {
      engine,
      sagemaker,
      outputs,
      apiUrl: reachableUrl(output(outputs, 'ApiUrl'), engine),
      deploySeconds,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function synthesize(
  stopping: (() => Promise<void>)[],
  progress: (line: string) => void,
): Promise<string> {
  progress('synthesizing the template');
  const out = await mkdtemp(join(STATE_DIR, 'assembly-'));
  stopping.push(() => rm(out, { recursive: true, force: true }));
  await synth(out, LOCAL_CONTEXT);
  return out;
}

async function startServices(
  options: CloudOptions,
  stopping: (() => Promise<void>)[],
  progress: (line: string) => void,
) {
  const [port, sagemakerPort] = [options.port ?? (await freePort()), await freePort()];
  progress('starting the local cloud');
  const engine = await startEngine({
    port,
    stateDir: STATE_DIR,
    sagemakerUrl: `http://127.0.0.1:${sagemakerPort}`,
    ...(options.iam && { iam: true }),
  });
  stopping.push(() => engine.stop());
  const sagemaker = await startSageMaker({
    port: sagemakerPort,
    stateDir: STATE_DIR,
    python: await ensureVenv('trainer', TRAINER_REQUIREMENTS),
    awsUrl: engine.url,
    env: engine.env,
    eventToken: engine.eventToken,
  });
  stopping.push(() => sagemaker.stop());
  return { engine, sagemaker };
}

/** One output of the stacks by its key. */
export function output(outputs: StackOutputs, key: string): string {
  const found = Object.values(outputs).find((stack) => key in stack)?.[key];
  if (found === undefined) throw new Error(`stack outputs have no ${key}`);
  return found;
}
