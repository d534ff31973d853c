import type { Env } from './aws-client.ts';

export type Exit = { readonly code: number | null; readonly signal: string | null };

export type Running = {
  readonly pid: number;
  /** Settles when the process has ended and all it printed has been read. */
  readonly exit: Promise<Exit>;
  /** To the process and what it started itself. */
  readonly signal: (name: NodeJS.Signals) => void;
};

export type Command = {
  /** The Python script and its arguments. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** All of it: a container has nothing of the developer's environment. */
  readonly env: Env;
  readonly onLine: (line: string) => void;
};

export type Launch = (command: Command) => Promise<Running>;

/** To a process or, of a negative id, a group; says whether there is one. */
const send = (pid: number, name: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
};

/** Every script leads a process group of its own. */
export const signalGroup = (pid: number, name: NodeJS.Signals): boolean => send(-pid, name);

/** As `signalGroup`, and also to a script so young that it does not lead its group yet. */
export const signalScript = (pid: number, name: NodeJS.Signals): void => {
  if (!signalGroup(pid, name)) send(pid, name);
};

/** SIGTERM, then SIGKILL when the grace has passed. */
export const endProcess = async (running: Running, graceMs: number): Promise<Exit> => {
  running.signal('SIGTERM');
  const timer = setTimeout(() => running.signal('SIGKILL'), graceMs);
  try {
    return await running.exit;
  } finally {
    clearTimeout(timer);
  }
};
