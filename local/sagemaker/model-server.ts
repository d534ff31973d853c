import { mkdir, rm } from 'node:fs/promises';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { unpack } from './archive.ts';
import { containerEnv } from './container.ts';
import { type Exit, endProcess } from './launch.ts';
import { READY_TIMEOUT_MS } from './limits.ts';
import type { Model } from './model.ts';
import { parseUri } from './objects.ts';
import type { Twin } from './twin.ts';

const PING_INTERVAL_MS = 25;

export type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

export type ModelServer = {
  readonly pid: number;
  readonly exit: Promise<Exit>;
  /** Throws when the server is gone or `timeoutMs` passes (an error named TimeoutError). */
  readonly invoke: (
    body: Buffer,
    headers: Readonly<Record<string, string>>,
    timeoutMs: number,
  ) => Promise<Reply>;
  readonly stop: (graceMs?: number) => Promise<void>;
};

/** `node:http` rather than `fetch`: half the time a call, and the agent's connections end with the server. */
const send = (
  agent: Agent,
  port: number,
  call: {
    readonly method: string;
    readonly path: string;
    readonly body: Buffer;
    readonly headers: Readonly<Record<string, string>>;
  },
  timeoutMs: number,
) =>
  new Promise<Reply>((resolve, reject) => {
    const { method, path, body } = call;
    const headers = { ...call.headers, 'content-length': body.length };
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = httpRequest(
      { agent, host: '127.0.0.1', port, method, path, headers, signal },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', (error) => reject(signal.aborted ? signal.reason : error));
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    sent.once('error', (error) => reject(signal.aborted ? signal.reason : error));
    sent.end(body);
  });

const PING = { method: 'GET', path: '/ping', body: Buffer.alloc(0), headers: {} };

const unhealthy = (reason: string) =>
  new Error(`The primary container did not pass the ping health check: ${reason}`);

/** Throws an error whose message is the FailureReason when the server does not become healthy. */
export const startModelServer = async (twin: Twin, model: Model, owner: string): Promise<ModelServer> => {
  const base = join(twin.workFolder, 'serving', `${owner.replaceAll(/[^a-zA-Z0-9-]/g, '-')}-${twin.newId()}`);
  const removeBase = () => rm(base, { recursive: true, force: true });
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  try {
    await mkdir(join(base, 'tmp'), { recursive: true });
    const archive = join(base, 'model.tar.gz');
    await twin.objects.download(parseUri(model.dataUri), archive);
    await unpack(archive, join(base, 'model'));
    const port = await freePort();
    let lastLine = 'no output';
    const running = await twin.launch({
      argv: [join(import.meta.dirname, 'server.py')],
      cwd: base,
      env: containerEnv(base, {
        OMP_NUM_THREADS: '1',
        OPENBLAS_NUM_THREADS: '1',
        ...model.environment,
        SAGEMAKER_BIND_TO_PORT: String(port),
      }),
      onLine: (line) => {
        lastLine = line;
        twin.log(`${owner}: ${line}`);
      },
    });
    let exited: Exit | undefined;
    const exit = running.exit.then(async (value) => {
      exited = value;
      agent.destroy();
      await removeBase();
      return value;
    });
    const stop = async (graceMs = twin.stopGraceMs.server) => {
      await endProcess({ ...running, exit }, graceMs);
    };
    const deadline = twin.nowMs() + READY_TIMEOUT_MS;
    while (
      !(await send(agent, port, PING, 1000).then(
        ({ status }) => status === 200,
        () => false,
      ))
    ) {
      if (exited) throw unhealthy(lastLine);
      if (twin.nowMs() > deadline) {
        await stop(0);
        throw unhealthy(`no answer within ${READY_TIMEOUT_MS / 1000} s`);
      }
      await sleep(PING_INTERVAL_MS);
    }
    return {
      pid: running.pid,
      exit,
      stop,
      invoke: (body, headers, timeoutMs) =>
        send(agent, port, { method: 'POST', path: '/invocations', body, headers }, timeoutMs),
    };
  } catch (error) {
    await removeBase();
    throw error;
  }
};
