import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../../local/engine.ts';
import { freePort } from '../../../local/free-port.ts';
import { ensureVenv } from '../../../local/python.ts';
import { anEngine, deployFunctions, eventually } from '../../support/engine.ts';
import { ECHO } from './fixture-functions.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..', '..');
const LAUNCHER = join(ROOT, 'local', 'engine');

let python: string;
beforeAll(async () => {
  python = await ensureVenv('engine', join(LAUNCHER, 'requirements.txt'));
});

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0)) await undo();
});

async function aStateDir(): Promise<string> {
  const folder = await mkdtemp(join(ROOT, '.mooring', 'launcher-'));
  cleanUp.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const launcher = (env: Record<string, string>, ...args: string[]) =>
  run(python, [LAUNCHER, ...args], { env: { PATH: process.env.PATH, TMPDIR: '/tmp/engine-none', ...env } });

/** The processes of a process group that are still alive. */
async function group(pid: number): Promise<readonly string[]> {
  const alive: string[] = [];
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : '';
    const [state, , groupId] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(groupId) === pid && state !== 'Z') alive.push(name);
  }
  return alive;
}

describe('the engine', () => {
  it.each(['0.0.0.0', '', '::1', 'localhost'])('refuses to listen on "%s"', async (host) => {
    const attempt = launcher({ BIND_HOST: host, GATEWAY_PORT: String(await freePort()) });
    await expect(attempt).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('BIND_HOST must be 127.0.0.1'),
    });
  });

  it('refuses a temporary folder that is not its own to delete', async () => {
    const attempt = launcher({ BIND_HOST: '127.0.0.1', TMPDIR: '/tmp' });
    await expect(attempt).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('TMPDIR must be'),
    });
  });

  it('listens on the loopback address only', async () => {
    const engine = await anEngine();
    cleanUp.push(engine.stop);
    const port = engine.port.toString(16).toUpperCase().padStart(4, '0');
    const tables = await Promise.all(
      ['tcp', 'tcp6'].map((one) => readFile(`/proc/net/${one}`, 'utf8').catch(() => '')),
    );
    const listening = tables
      .flatMap((table) => table.split('\n'))
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${port}`))
      .map(([, local]) => local);
    expect(listening).toEqual([`0100007F:${port}`]);
  });

  it('leaves no process and no copy of a function when it is stopped', async () => {
    const stateDir = await aStateDir();
    const engine = await startEngine({ port: await freePort(), stateDir });
    Object.assign(process.env, engine.env);
    const { Echo } = await deployFunctions({ Echo: ECHO });
    await new LambdaClient({}).send(new InvokeCommand({ FunctionName: Echo, Payload: '{}' }));
    expect((await group(engine.pid)).length).toBeGreaterThan(1);
    await engine.stop();
    await eventually(
      async () => ((await group(engine.pid)).length === 0 ? true : undefined),
      'end of all',
      2000,
    );
    expect(await readdir(stateDir)).toEqual([`engine-${engine.port}.log`]);
  });

  it('ends with its functions when whoever started it is killed', async () => {
    const stateDir = await aStateDir();
    const script = `
      import { startEngine } from ${JSON.stringify(join(ROOT, 'local', 'engine.ts'))};
      const engine = await startEngine({ port: ${await freePort()}, stateDir: ${JSON.stringify(stateDir)} });
      console.log(engine.pid);
      setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module-typescript', '-e', script]);
    const pid = Number(await new Promise<Buffer>((done) => starter.stdout.once('data', done)));
    expect((await group(pid)).length).toBe(1);
    starter.kill('SIGKILL');
    await eventually(async () => ((await group(pid)).length === 0 ? true : undefined), 'end of the engine');
    expect((await readdir(stateDir)).filter((name) => !name.endsWith('.log'))).toEqual([]);
  });

  it('says why it could not start', async () => {
    const stateDir = await aStateDir();
    const occupied = createServer().listen(0, '127.0.0.1');
    cleanUp.push(() => new Promise((done) => occupied.close(done)));
    await new Promise((done) => occupied.once('listening', done));
    const address = occupied.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(startEngine({ port, stateDir })).rejects.toThrow(`127.0.0.1:${port} is already in use`);
    expect(await readdir(stateDir)).toEqual([`engine-${port}.log`]);
  });

  it('fails a stack whose custom resource never answers', async () => {
    const engine = await anEngine({ customResourceTimeoutSeconds: 1 });
    cleanUp.push(engine.stop);
    Object.assign(process.env, engine.env);
    const { Echo } = await deployFunctions({ Echo: ECHO });
    const ServiceToken = `arn:aws:lambda:us-east-1:000000000000:function:${Echo}`;
    const Resources = { Silent: { Type: 'Custom::Silent', Properties: { ServiceToken } } };
    const client = new CloudFormationClient({});
    const StackName = 'silent';
    await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
    await eventually(async () => {
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
      return Stacks?.[0]?.StackStatus?.startsWith('ROLLBACK') ? true : undefined;
    }, 'rollback of the stack');
  });
});

/** Where each patch is proved to be needed and to work. */
const PROVED_IN: Readonly<Record<string, string>> = {
  'loopback-addresses': 'deployment.test.ts',
  'table-ttl': 'deployment.test.ts',
  'bucket-lifecycle-and-tags': 'deployment.test.ts',
  'composite-alarm': 'deployment.test.ts',
  'embedded-metrics': 'deployment.test.ts',
  'aws-source-events': 'deployment.test.ts',
  'sqs-batch-permissions': 'iam.test.ts',
  'schedule-groups-in-arns': 'iam.test.ts',
  'worker-limit': 'deployment.test.ts',
  'worker-shared-code': 'deployment.test.ts',
  'worker-log-end': 'deployment.test.ts',
  'worker-error-name': 'step-functions/functions.test.ts',
  'custom-resource-timeout': 'launcher.test.ts',
  'sagemaker-forward': 'step-functions/sagemaker.test.ts',
  'sagemaker-tasks': 'step-functions/sagemaker.test.ts',
  'ended-stays-ended': 'step-functions/endings.test.ts',
  'execution-timeout': 'step-functions/endings.test.ts',
  'nested-failure-name': 'step-functions/endings.test.ts',
  'callback-tasks': 'step-functions/callbacks.test.ts',
  'computed-timeouts': 'step-functions/callbacks.test.ts',
  'jsonpath-lookup': 'step-functions/jsonpath.test.ts',
  'jsonpath-assign': 'step-functions/jsonpath.test.ts',
  'sdk-calls': 'step-functions/integrations.test.ts',
  'distributed-map': 'step-functions/distributed-map.test.ts',
  'branch-context': 'step-functions/jsonata.test.ts',
  'version-ranges': '../../contracts/stores/aws-stores.test.ts',
  'parallel-jsonata': 'step-functions/jsonata.test.ts',
};

describe('the patches', () => {
  it('each have a reason and a test that proves them', async () => {
    const { stdout } = await launcher({ BIND_HOST: '127.0.0.1' }, '--list-patches');
    const patches = JSON.parse(stdout) as { name: string; why: string }[];
    expect(patches.map((one) => one.name).sort()).toEqual(Object.keys(PROVED_IN).sort());
    for (const { why } of patches) expect(why.length).toBeGreaterThan(40);
    for (const file of Object.values(PROVED_IN)) {
      expect(await readFile(join(import.meta.dirname, file), 'utf8')).toContain('expect(');
    }
  });

  it.each([
    ['a symbol that is gone', 'symbol("ministack.app:nope")', 'got an engine without it'],
    ['other parameters', 'symbol("ministack.app:main", "port")', "needs ministack.app.main('port',), got ()"],
    ['a text that is gone', 'symbol("ministack.services.sqs:DEFAULT_HOST", once=("x",))', 'got it 0 times'],
  ])('refuse an engine with %s', async (_, requirement, message) => {
    const code = `from launcher.registry import symbol; ${requirement}.check("demo")`;
    const attempt = run(python, ['-B', '-c', code], { cwd: LAUNCHER });
    await expect(attempt).rejects.toMatchObject({ stderr: expect.stringContaining(message) });
  });
});
