import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { STATE_DIR } from '../../local/cloud.ts';
import { freePort } from '../../local/free-port.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'local', 'main.ts');
const started: ChildProcess[] = [];
const ports: number[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const port of ports.splice(0)) rmSync(join(STATE_DIR, `engine-${port}.log`), { force: true });
});

/** `npm start` as a process of its own; `said` grows as it speaks. */
function start(port: number, ...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, '--port', String(port), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  ports.push(port);
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said.text += text;
    });
  const says = async (words: string) => {
    while (!said.text.includes(words)) {
      if (child.exitCode !== null) throw new Error(`must say ${words}, ended with ${said.text}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  const ended = once(child, 'close').then(([code]) => code as number);
  return { pid: child.pid ?? 0, said, says, ended, kill: (name: NodeJS.Signals) => child.kill(name) };
}

/** What a start made that has its number in the name. */
const foldersOf = (pid: number) =>
  readdirSync(STATE_DIR).filter((name) => new RegExp(`^(assembly|engine|sagemaker)-${pid}-`).test(name));

/** The processes whose environment names this port: the engine, its functions, and whoever calls it. */
function processesWith(port: number): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return new RegExp(`(127.0.0.1:|GATEWAY_PORT=)${port}\\b`).test(environment);
      } catch {
        return false;
      }
    });
}

describe('npm start', () => {
  it('names the port that is taken and the way out, before it does anything', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const { ended, said } = start(port);
    expect(await ended).toBe(1);
    expect(said.text).toContain(
      `port ${port} of 127.0.0.1 is taken; free it, or choose another with --port N`,
    );
    other.close();
  });

  it('leaves nothing behind when it is interrupted while the template is synthesized', async () => {
    const { pid, says, ended, kill, said } = start(await freePort(), '--once');
    await says('synthesizing');
    expect(foldersOf(pid)).not.toEqual([]);
    kill('SIGINT');
    expect(await ended).toBe(130);
    expect(said.text).toContain('interrupted, nothing is left running');
    expect(foldersOf(pid)).toEqual([]);
  });

  it('leaves nothing behind when it is ended while the stacks are deployed', async () => {
    const port = await freePort();
    const { pid, says, ended, kill } = start(port, '--once');
    await says('deploying the stacks');
    await expect.poll(() => processesWith(port).length, { timeout: 20_000 }).toBeGreaterThan(1);
    kill('SIGTERM');
    expect(await ended).toBe(130);
    expect(foldersOf(pid)).toEqual([]);
    expect(processesWith(port)).toEqual([]);
  });

  it('stays up when it is deployed, shows how to go on, and ends well on Ctrl-C', async () => {
    const port = await freePort();
    const { pid, says, ended, kill, said } = start(port, '--no-journey');
    await says('npx mooring windows flight-delay');
    const { url = '', token } =
      /MOORING_URL='(?<url>.*)'\n.*MOORING_TOKEN='(?<token>.*)'/.exec(said.text)?.groups ?? {};
    const answer = await fetch(`${url}/models`, { headers: { authorization: `Bearer ${token}` } });
    expect([answer.status, await answer.json()]).toEqual([200, { items: [] }]);
    kill('SIGINT');
    expect(await ended).toBe(0);
    expect(foldersOf(pid)).toEqual([]);
    expect(processesWith(port)).toEqual([]);
  });
});
