import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { atExit, temporaryFolder } from './at-exit.ts';
import type { Engine } from './engine.ts';
import { killGroup } from './kill-group.ts';

const ROOT = resolve(import.meta.dirname, '..');
const CDK = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');

export const LOCAL_ACCOUNT = '000000000000';
export const LOCAL_REGION = 'us-east-1';

/**
 * The largest function carries DuckDB's native binding, about 75 MB. An asset beyond this limit is a folder that
 * was not bundled, most likely this whole repository with its 850 MB of dependencies.
 */
const MAX_ASSET_BYTES = 128 * 1024 * 1024;

const FAILURE_TAIL_LINES = 60;

export interface CdkOptions {
  readonly progress?: (line: string) => void;
  /** Ends the command, and with it what it started. */
  readonly signal?: AbortSignal;
}

export interface SynthOptions extends CdkOptions {
  /** The command that runs the app. @default the one in cdk.json */
  readonly app?: string;
}

export interface DeployOptions extends CdkOptions {
  /** @default every stack of the assembly */
  readonly stacks?: readonly string[];
}

/** The outputs of each stack by name. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Synthesizes the app once into `outDir`, to be deployed from there. */
export async function synth(
  outDir: string,
  context: Readonly<Record<string, string>> = {},
  options: SynthOptions = {},
): Promise<void> {
  const settings = Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const app = options.app ? ['--app', options.app] : [];
  await cdk(['synth', '--all', '--quiet', ...app, ...settings, '-o', outDir], ROOT, {}, options);
  await refuseHugeAssets(outDir);
}

/**
 * Prepares the engine for deployments. In the app's folder `cdk bootstrap` would synthesize the app without
 * bundling it, over the assembly that is to be deployed; so it runs in an empty one.
 */
export async function bootstrap(engine: Engine, options: CdkOptions = {}): Promise<void> {
  const empty = await temporaryFolder(join(tmpdir(), 'mooring-bootstrap-'));
  try {
    await cdk(['bootstrap', `aws://${LOCAL_ACCOUNT}/${LOCAL_REGION}`], empty.path, engine.env, options);
  } finally {
    await empty.remove();
  }
}

/** Deploys a synthesized assembly with the stock CDK command line and returns what its stacks put out. */
export async function deploy(
  engine: Engine,
  cdkOut: string,
  options: DeployOptions = {},
): Promise<StackOutputs> {
  await refuseHugeAssets(cdkOut);
  const folder = await temporaryFolder(join(tmpdir(), 'mooring-deploy-'));
  const outputs = join(folder.path, 'outputs.json');
  const which = options.stacks ?? ['--all'];
  try {
    const args = ['deploy', ...which, '-a', resolve(cdkOut), '--require-approval', 'never'];
    await cdk([...args, '--outputs-file', outputs, '--concurrency', '4'], ROOT, engine.env, options);
    return JSON.parse(await readFile(outputs, 'utf8')) as StackOutputs;
  } finally {
    await folder.remove();
  }
}

/** Removes stacks that were deployed from an assembly. */
export async function destroy(engine: Engine, cdkOut: string, options: DeployOptions = {}): Promise<void> {
  const which = options.stacks ?? ['--all'];
  await cdk(['destroy', ...which, '-a', resolve(cdkOut), '--force'], ROOT, engine.env, options);
}

/** @throws when an asset of the assembly is too large to be a bundled function */
export async function refuseHugeAssets(cdkOut: string, limitBytes = MAX_ASSET_BYTES): Promise<void> {
  for (const name of await readdir(cdkOut)) {
    if (!name.startsWith('asset.')) continue;
    const bytes = await sizeBytes(join(cdkOut, name), limitBytes);
    if (bytes > limitBytes) {
      const limitMb = Math.round(limitBytes / 1024 / 1024);
      throw new Error(
        `asset ${name} needs to be at most ${limitMb} MB, got more; was it synthesized without bundling`,
      );
    }
  }
}

/** The size of a file or folder, counted no further than just past the limit. */
async function sizeBytes(path: string, limitBytes: number): Promise<number> {
  const info = await stat(path);
  if (!info.isDirectory()) return info.size;
  let total = 0;
  for (const entry of await readdir(path)) {
    total += await sizeBytes(join(path, entry), limitBytes - total);
    if (total > limitBytes) break;
  }
  return total;
}

async function cdk(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  options: CdkOptions,
): Promise<void> {
  // What the command and the app leave behind when they are killed goes with this folder.
  const temporary = await temporaryFolder(join(tmpdir(), 'mooring-cdk-'));
  try {
    await runCdk(args, cwd, { ...env, TMPDIR: temporary.path }, options);
  } finally {
    await temporary.remove();
  }
}

async function runCdk(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  { signal, progress }: CdkOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const quiet = ['--no-notices', '--no-version-reporting', '--ci', '--progress', 'events'];
  const child = spawn(process.execPath, [CDK, ...args, ...quiet], {
    cwd,
    env: { ...withoutAws(process.env), ...cdkEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // In a process group of its own, which ends as a whole: it starts the app, and that a bundler.
    detached: true,
  });
  const kill = () => killGroup(child);
  const done = atExit(kill);
  signal?.addEventListener('abort', kill, { once: true });
  try {
    await ended(child, args[0] ?? '', progress);
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', kill);
    done();
  }
}

function ended(child: ChildProcess, command: string, progress?: (line: string) => void): Promise<void> {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n').filter((one) => one.trim())) {
        lines.push(line);
        progress?.(line);
      }
    });
  }
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) return done();
      fail(
        new Error(`cdk ${command} ended with code ${code}:\n${lines.slice(-FAILURE_TAIL_LINES).join('\n')}`),
      );
    });
  });
}

/** Whatever account the user's shell is signed in to must not be what gets deployed to. */
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS_|CDK_)/.test(name)));
}

function cdkEnv(): Record<string, string> {
  return {
    // The app is TypeScript: `node` in cdk.json must be the Node that runs us.
    PATH: [resolve(process.execPath, '..'), process.env.PATH ?? ''].join(delimiter),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: 'true',
    CDK_DEFAULT_ACCOUNT: LOCAL_ACCOUNT,
    CDK_DEFAULT_REGION: LOCAL_REGION,
  };
}

/**
 * The address at which an HTTP API answers here. The engine puts out a host name below `localhost`, which not every
 * resolver knows; on AWS the address is used as it is.
 */
export function reachableUrl(apiUrl: string, engine: Engine): string {
  const { hostname, pathname } = new URL(apiUrl);
  const [id, kind] = hostname.split('.');
  if (kind !== 'execute-api') return apiUrl.replace(/\/$/, '');
  return `${engine.url}/_aws/execute-api/${id}/$default${pathname}`.replace(/\/$/, '');
}
