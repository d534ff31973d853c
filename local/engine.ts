import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { atExit } from './at-exit.ts';
import { killGroup } from './kill-group.ts';
import { ensureVenv } from './python.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Starting takes under a second; a machine with two busy cores needs a few. */
const START_DEADLINE_MS = 60_000;

/** An idle engine stops within a second; a busy one would wait for its calls, whose results go with it anyway. */
const STOP_DEADLINE_MS = 2_000;

const POLL_MS = 50;
const LOG_TAIL_LINES = 30;

/** The launcher deletes only a TMPDIR whose name begins like this. */
const TEMPORARY_PREFIX = 'engine-';

export interface EngineOptions {
  readonly port: number;
  readonly stateDir: string;
  readonly sagemakerUrl?: string;
  /** Enforces IAM on every call that a function makes; served over TLS with a certificate of its own. */
  readonly iam?: boolean;
  /** The file that gets the engine's log. @default <stateDir>/engine-<port>.log */
  readonly log?: string;
  /** Whoever sends it may publish events of AWS services. @default a random one */
  readonly eventToken?: string;
  /** Calls beyond this many wait for a free worker. @default 4 */
  readonly workersPerFunction?: number;
  /** How long a stack waits for a custom resource. @default 60 */
  readonly customResourceTimeoutSeconds?: number;
  readonly progress?: (line: string) => void;
}

export interface Engine {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly eventToken: string;
  /** What an AWS client process needs to reach the engine and nothing else. */
  readonly env: Readonly<Record<string, string>>;
  /** In IAM mode, the certificate authority clients must trust. */
  readonly caFile: string | undefined;
  stop(): Promise<void>;
}

interface Place {
  readonly tmp: string;
  readonly log: string;
  readonly caFile: string | undefined;
}

export async function startEngine(options: EngineOptions): Promise<Engine> {
  const python = await ensureVenv('engine', join(ROOT, 'local', 'engine', 'requirements.txt'), {
    ...(options.progress && { progress: options.progress }),
  });
  const place = await prepare(options, python);
  const eventToken = options.eventToken ?? randomUUID();
  const scheme = options.iam ? 'https' : 'http';
  const url = `${scheme}://127.0.0.1:${options.port}`;
  const child = launch(python, place, engineEnv(options, place, eventToken));
  const done = atExit(() => {
    killGroup(child);
    rmSync(place.tmp, { recursive: true, force: true });
  });
  const stop = () => stopEngine(child, place).finally(done);
  try {
    await untilHealthy(child, place, options.port);
  } catch (error) {
    await stop();
    throw error;
  }
  const pid = child.pid as number;
  return { url, port: options.port, pid, eventToken, env: clientEnv(url, place), caFile: place.caFile, stop };
}

async function prepare(options: EngineOptions, python: string): Promise<Place> {
  const stateDir = resolve(options.stateDir);
  await mkdir(stateDir, { recursive: true });
  await sweep(stateDir);
  const tmp = await mkdtemp(join(stateDir, `${TEMPORARY_PREFIX}${process.pid}-`));
  // Functions unpacked below here would otherwise be read as this repository's own modules.
  await writeFile(join(tmp, 'package.json'), '{}');
  const log = resolve(options.log ?? join(stateDir, `engine-${options.port}.log`));
  if (!options.iam) return { tmp, log, caFile: undefined };
  const tls = join(tmp, 'tls');
  await promisify(execFile)(python, [join(ROOT, 'local', 'engine', 'certificates.py'), tls]);
  return { tmp, log, caFile: join(tls, 'ca.pem') };
}

/** Removes what processes that were killed left behind: their engines, and what they were to deploy. */
async function sweep(stateDir: string): Promise<void> {
  for (const name of await readdir(stateDir)) {
    const owner = /^(?:assembly|engine)-(\d+)-/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) await rm(join(stateDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The folder of the Node that functions run on: the pinned one, so that it is the runtime's major version. */
function nodeFolder(): string {
  return Number(process.versions.node.split('.')[0]) >= 24
    ? resolve(process.execPath, '..')
    : join(ROOT, 'node_modules', '.bin');
}

/** A small environment of its own, because functions inherit it. */
function engineEnv(options: EngineOptions, place: Place, eventToken: string): Record<string, string> {
  const tls = join(place.tmp, 'tls');
  return {
    PATH: [nodeFolder(), process.env.PATH ?? ''].join(delimiter),
    HOME: place.tmp,
    LANG: 'C.UTF-8',
    TMPDIR: place.tmp,
    NODE_PATH: join(ROOT, 'node_modules'),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(options.port),
    S3_DATA_DIR: join(place.tmp, 's3'),
    STATE_DIR: join(place.tmp, 'state'),
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    MOORING_EVENT_TOKEN: eventToken,
    MOORING_FOLLOW_PARENT: '1',
    MOORING_SAGEMAKER_URL: options.sagemakerUrl ?? '',
    MOORING_CUSTOM_RESOURCE_TIMEOUT_S: String(options.customResourceTimeoutSeconds ?? 60),
    MOORING_WORKERS_PER_FUNCTION: String(options.workersPerFunction ?? 4),
    ...(place.caFile && {
      AUTH: 'true',
      USE_SSL: '1',
      MINISTACK_SSL_CERT: join(tls, 'server.pem'),
      MINISTACK_SSL_KEY: join(tls, 'server.key'),
      NODE_EXTRA_CA_CERTS: place.caFile,
      AWS_CA_BUNDLE: place.caFile,
    }),
  };
}

function clientEnv(url: string, place: Place): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    // No profile, credential or endpoint of the user's own can be picked up by mistake.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
    ...(place.caFile && { NODE_EXTRA_CA_CERTS: place.caFile, AWS_CA_BUNDLE: place.caFile }),
  };
}

/** The engine is in a process group of its own: Ctrl-C reaches it through us, and it cannot be orphaned. */
function launch(python: string, place: Place, env: Record<string, string>): ChildProcess {
  const log = openSync(place.log, 'w');
  const args = [join(ROOT, 'local', 'engine')];
  const child = spawn(python, args, { cwd: place.tmp, env, detached: true, stdio: ['pipe', log, log] });
  closeSync(log);
  return child;
}

async function untilHealthy(child: ChildProcess, place: Place, port: number): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`engine on port ${port} ended while starting:\n${await tail(place.log)}`);
    }
    if ((await readFile(place.log, 'utf8')).includes('Running on http')) return;
    await sleep(POLL_MS);
  }
  const waited = `${START_DEADLINE_MS / 1000} s`;
  throw new Error(`engine on port ${port} was not healthy within ${waited}:\n${await tail(place.log)}`);
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}

async function stopEngine(child: ChildProcess, place: Place): Promise<void> {
  const ended = new Promise<void>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.once('exit', () => done());
  });
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child), STOP_DEADLINE_MS);
  await ended;
  clearTimeout(timer);
  // A function that ignored its end would otherwise live on.
  killGroup(child);
  await rm(place.tmp, { recursive: true, force: true });
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
