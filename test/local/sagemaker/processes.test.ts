import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CreateTrainingJobCommand } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSageMaker } from '../../../local/sagemaker.ts';
import { type Cloud, startCloud, trainerPython, until } from './cloud.ts';
import { deploy, isAlive } from './hosting.ts';
import { aScriptJob } from './jobs.ts';

/** Says who it is and whom it started, and does not listen. */
const DEAF = [
  'import os, signal, subprocess, time',
  'signal.signal(signal.SIGTERM, signal.SIG_IGN)',
  'child = subprocess.Popen(["sleep", "600"])',
  'print("processes", os.getpid(), child.pid)',
  'time.sleep(600)',
].join('\n');

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud();
  await cloud.put('deaf/train.py', DEAF);
});
afterAll(() => cloud?.stop());

const workFolders = () => readdirSync(cloud.stateDir).filter((name) => name.startsWith('sagemaker-'));

const processesIn = (lines: readonly string[]) =>
  lines.flatMap((line) => /processes (\d+) (\d+)/.exec(line)?.slice(1).map(Number) ?? []);

describe('the processes of the twin', () => {
  it('are not left behind by a start on a port that is taken', async () => {
    const port = Number(new URL(cloud.engine.url).port);
    const stateDir = join(cloud.stateDir, 'taken');
    const options = { python: await trainerPython(), awsUrl: cloud.engine.url, env: {}, eventToken: 'none' };
    await expect(startSageMaker({ ...options, port, stateDir })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    expect(readdirSync(stateDir)).toEqual([]);
  });

  it('end with the program that runs it, even when that is killed', async () => {
    const hold = join(import.meta.dirname, 'hold.ts');
    const stateDir = join(cloud.stateDir, 'killed');
    const program = spawn(process.execPath, [hold, cloud.engine.url, stateDir, await trainerPython()]);
    const lines: string[] = [];
    createInterface(program.stdout).on('line', (line) => lines.push(line));
    const [script = 0] = await until(
      async () => processesIn(lines),
      (pids) => pids.length === 2,
    );
    expect(isAlive(script)).toBe(true);
    program.kill('SIGKILL');
    await until(
      async () => isAlive(script),
      (alive) => !alive,
    );
    for (const pid of processesIn(lines).slice(1)) process.kill(pid, 'SIGKILL');
  });

  it('and the work folders are gone when it stops, with whatever the scripts started', async () => {
    expect(workFolders()).toHaveLength(1);
    await deploy(cloud, 'serving', 'def model_fn(folder): return None');
    await cloud.control.send(new CreateTrainingJobCommand(aScriptJob('deaf')));
    const training = await until(
      async () => processesIn(cloud.lines),
      (pids) => pids.length === 2,
    );
    const all = [...training, cloud.sagemaker.endpointPid('serving')];
    expect(all.map(isAlive)).toEqual([true, true, true]);
    await cloud.sagemaker.stop();
    // The system ends what SIGKILL was sent to in its own time.
    await until(
      async () => all.some(isAlive),
      (alive) => !alive,
    );
    expect(workFolders()).toEqual([]);
    expect(existsSync(cloud.stateDir)).toBe(true);
    await expect(fetch(cloud.sagemaker.url)).rejects.toThrow();
  });
});
