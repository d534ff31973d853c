import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Command, type Exit, type Running, signalGroup, signalScript } from './launch.ts';

/** What a script's own orphans may still print, after it has ended, is waited for this long. */
const LAST_OUTPUT_MS = 500;

export type WarmPython = {
  readonly launch: (command: Command) => Promise<Running>;
  readonly stop: () => Promise<void>;
};

type Started = {
  readonly pid: (value: number) => void;
  readonly exit: (value: Exit) => void;
  readonly lost: (error: Error) => void;
};

const spawnPython = (python: string, folder: string) =>
  spawn(python, ['-B', join(import.meta.dirname, 'warm_python.py'), folder], {
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      LANG: 'C.UTF-8',
      // A library that starts its threads on import would lose them in the fork.
      OPENBLAS_NUM_THREADS: '1',
      // OpenMP threads that spin while they wait for one another made a training of 7 s take 86 s beside other work.
      OMP_WAIT_POLICY: 'PASSIVE',
      OMP_NUM_THREADS: String(cpus().length),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });

/** Hands each message of the interpreter to the script it is about. */
const dispatch = (child: ChildProcess, started: Map<number, Started>) => {
  if (!child.stdout) throw new Error('warm Python has no output');
  createInterface(child.stdout).on('line', (line) => {
    const { id, pid, ...exit } = JSON.parse(line);
    if (pid !== undefined) return started.get(id)?.pid(pid);
    started.get(id)?.exit(exit);
    started.delete(id);
  });
  const lose = (reason: unknown) => {
    for (const { lost } of started.values()) lost(new Error(`warm Python ended: ${reason}`));
    started.clear();
  };
  child.once('error', lose);
  child.once('exit', (code, signal) => lose(signal ?? code));
};

/** One listening socket a script, for what it prints; `closed` settles when no process holds its other end. */
const listenFor = async (path: string, onLine: (line: string) => void) => {
  const closed = Promise.withResolvers<void>();
  let connection: Socket | undefined;
  const server = createServer((socket) => {
    connection = socket;
    server.close();
    createInterface(socket).on('line', onLine).once('close', closed.resolve);
    socket.on('error', () => {});
  }).listen(path);
  await once(server, 'listening');
  return {
    drained: async () => {
      const timer = setTimeout(closed.resolve, LAST_OUTPUT_MS);
      await closed.promise;
      clearTimeout(timer);
      connection?.destroy();
      server.close();
    },
  };
};

/**
 * Scripts as processes of their own, forked from an interpreter that has the libraries loaded: starting costs milliseconds
 * instead of the 1.7 s that importing them takes. All of them end when this process does, however it ends.
 */
export const startWarmPython = async (python: string): Promise<WarmPython> => {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-python-'));
  const child = spawnPython(python, folder);
  const started = new Map<number, Started>();
  let lastId = 0;
  dispatch(child, started);

  const launch = async ({ argv, cwd, env, onLine }: Command): Promise<Running> => {
    lastId += 1;
    const id = lastId;
    const output = join(folder, `${id}`);
    const printed = await listenFor(output, onLine);
    const pid = Promise.withResolvers<number>();
    const exit = Promise.withResolvers<Exit>();
    const lost = (error: Error) => {
      pid.reject(error);
      // The system kills them when their parent is gone.
      exit.resolve({ code: null, signal: 'SIGKILL' });
    };
    started.set(id, { pid: pid.resolve, exit: exit.resolve, lost });
    child.stdin?.write(`${JSON.stringify({ id, argv, cwd, env, output })}\n`);
    const leader = await pid.promise;
    let ended = false;
    const finish = async (): Promise<Exit> => {
      const value = await exit.promise;
      ended = true;
      // What the script started itself and left behind.
      signalGroup(leader, 'SIGKILL');
      await printed.drained();
      return value;
    };
    const signal = (name: NodeJS.Signals) => {
      if (!ended) signalScript(leader, name);
    };
    return { pid: leader, exit: finish(), signal };
  };

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.stdin?.end();
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  return { launch, stop };
};
