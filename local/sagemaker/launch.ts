import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Env } from './aws-client.ts';

export type Exit = { readonly code: number | null; readonly signal: string | null };

export type Running = {
  readonly pid: number;
  readonly exit: Promise<Exit>;
  /** To the process and what it started itself. */
  readonly signal: (name: NodeJS.Signals) => void;
};

export type Command = {
  /** The script and its arguments. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Env;
  readonly onLine: (line: string) => void;
};

export type Launch = (command: Command) => Running;

const signalGroup = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** Scripts run as processes of their own, in a group of their own, with no more of this process's environment than a container has. */
export const createLauncher = (python: string): Launch => {
  const tether = join(import.meta.dirname, 'tether.py');
  return ({ argv, cwd, env, onLine }) => {
    const child = spawn(python, ['-I', '-S', tether, String(process.pid), python, '-B', ...argv], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', onLine);
    const exit = new Promise<Exit>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    if (!child.pid) throw new Error(`process ${python} did not start`);
    const pid = child.pid;
    return { pid, exit, signal: (name) => signalGroup(pid, name) };
  };
};

/** SIGTERM, then SIGKILL when the grace has passed. */
export const endProcess = async (running: Running, graceMs: number): Promise<Exit> => {
  running.signal('SIGTERM');
  const timer = setTimeout(() => running.signal('SIGKILL'), graceMs);
  try {
    return await running.exit;
  } finally {
    clearTimeout(timer);
    // What the process itself started and left behind.
    running.signal('SIGKILL');
  }
};
