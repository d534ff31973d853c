import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { arch } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The repository's root, wherever the command is run from. */
const ROOT = resolve(import.meta.dirname, '..');

/** The versions every wheel in our requirements files exists for. */
const SUPPORTED_MINORS = [11, 12, 13] as const;

const CANDIDATES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python'] as const;

/** Installing is mostly downloading; a mirror that sends nothing for this long is down. */
const INSTALL_TIMEOUT_MS = 15 * 60_000;

export interface Python {
  readonly executable: string;
  readonly minor: number;
  /** Debian and Ubuntu split ensurepip off into the package python3-venv. */
  readonly hasEnsurepip: boolean;
  readonly hasPip: boolean;
}

export interface EnsureVenvOptions {
  readonly stateDir?: string;
  readonly progress?: (line: string) => void;
  /** Gives up an installation; the environment is not there then. */
  readonly signal?: AbortSignal;
}

const PROBE = [
  'import sys, json, importlib.util as u',
  'print(json.dumps({"executable": sys.executable, "major": sys.version_info[0], "minor": sys.version_info[1],',
  '  "hasEnsurepip": bool(u.find_spec("ensurepip")), "hasPip": bool(u.find_spec("pip"))}))',
].join('\n');

async function probe(command: string): Promise<Python | undefined> {
  try {
    const { stdout } = await run(command, ['-c', PROBE], { timeout: 20_000 });
    const found = JSON.parse(stdout) as Python & { major: number };
    const supported = found.major === 3 && (SUPPORTED_MINORS as readonly number[]).includes(found.minor);
    return supported && (found.hasEnsurepip || found.hasPip) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Finds a Python 3.11 to 3.13 on PATH that can make virtual environments, or says what to install. */
export async function findPython(): Promise<Python> {
  for (const command of CANDIDATES) {
    const found = await probe(command);
    if (found) return found;
  }
  throw new Error(
    `python needs version 3.11, 3.12 or 3.13 with venv on PATH, found none among ${CANDIDATES.join(', ')}; ` +
      'install one, for example with: apt-get install python3 python3-venv',
  );
}

/** An interpreter that can run pip: Python's own, which then needs none in its environments, or else the environment's. */
export async function pythonWithPip(venvPython: string): Promise<string> {
  const python = await findPython();
  return python.hasPip ? python.executable : venvPython;
}

const building = new Map<string, Promise<string>>();

/**
 * The Python interpreter of a virtual environment that holds exactly the packages of a hashed requirements file.
 * Built once in `.mooring/python/<name>-<hash>`, in a temporary folder that is renamed when complete,
 * so that two processes may ask at the same time.
 */
export function ensureVenv(
  name: string,
  requirementsFile: string,
  options: EnsureVenvOptions = {},
): Promise<string> {
  const key = `${name}\n${resolve(requirementsFile)}\n${options.stateDir ?? ''}`;
  const known = building.get(key);
  if (known) return known;
  const promise = provide(name, requirementsFile, options);
  building.set(key, promise);
  promise.catch(() => building.delete(key));
  return promise;
}

async function provide(name: string, requirementsFile: string, options: EnsureVenvOptions): Promise<string> {
  const python = await findPython();
  const hash = createHash('sha256')
    .update(await readFile(requirementsFile))
    .update(`\n3.${python.minor} ${arch()}`)
    .digest('hex')
    .slice(0, 12);
  const home = join(options.stateDir ?? join(ROOT, '.mooring'), 'python');
  const target = join(home, `${name}-${hash}`);
  if (!existsSync(target)) await build(python, requirementsFile, home, target, options);
  return join(target, 'bin', 'python');
}

async function build(
  python: Python,
  requirementsFile: string,
  home: string,
  target: string,
  { progress = () => {}, signal }: EnsureVenvOptions,
): Promise<void> {
  await mkdir(home, { recursive: true });
  const draft = `${target}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    progress(`creating a Python 3.${python.minor} environment in ${target}`);
    await run(python.executable, ['-m', 'venv', ...(python.hasPip ? ['--without-pip'] : []), draft]);
    progress(`installing ${requirementsFile}`);
    await install(python, draft, requirementsFile, signal);
    await publish(draft, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function install(
  python: Python,
  venv: string,
  requirementsFile: string,
  signal?: AbortSignal,
): Promise<void> {
  const inside = join(venv, 'bin', 'python');
  // Python's own pip can install into another environment, which saves seconds of installing pip there first.
  const [command, pip] = python.hasPip
    ? [python.executable, ['-m', 'pip', '--python', inside]]
    : [inside, ['-m', 'pip']];
  const flags = ['--quiet', '--disable-pip-version-check', '--no-input', '--only-binary=:all:'];
  const args = [...pip, 'install', ...flags, '--require-hashes', '--no-deps', '-r', requirementsFile];
  try {
    await run(command, args, { timeout: INSTALL_TIMEOUT_MS, maxBuffer: 1 << 24, ...(signal && { signal }) });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`pip could not install ${requirementsFile}: ${(stderr || message).trim()}`, {
      cause: error,
    });
  }
}

/** Renames a finished draft into place; where another process was first, its environment stays. */
async function publish(draft: string, target: string): Promise<void> {
  try {
    await rename(draft, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}
