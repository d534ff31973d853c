import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll } from 'vitest';
import { type Engine, type EngineOptions, startEngine } from '../../local/engine.ts';
import { freePort } from '../../local/free-port.ts';

const STATE_DIR = join(import.meta.dirname, '..', '..', '.mooring', 'test');

/** Starts an engine on a free port; `stop` also removes its log. */
export async function anEngine(options: Partial<EngineOptions> = {}): Promise<Engine> {
  await mkdir(STATE_DIR, { recursive: true });
  const engine = await startEngine({ port: await freePort(), stateDir: STATE_DIR, ...options });
  const stop = async () => {
    await engine.stop();
    await rm(join(options.stateDir ?? STATE_DIR, `engine-${engine.port}.log`), { force: true });
  };
  return { ...engine, stop };
}

/**
 * One running engine for the tests of a file. AWS clients made inside the tests reach it, because the process
 * environment points at it.
 */
export function useEngine(options: () => Partial<EngineOptions> = () => ({})): () => Engine {
  let engine: Engine | undefined;
  beforeAll(async () => {
    engine = await anEngine(options());
    Object.assign(process.env, engine.env);
  });
  afterAll(() => engine?.stop());
  return () => {
    if (!engine) throw new Error('engine is only there inside a test, got asked before');
    return engine;
  };
}

/** Puts functions with inline code in place and returns their names by their ids. */
export async function deployFunctions(
  code: Readonly<Record<string, string>>,
  properties: Readonly<Record<string, unknown>> = {},
): Promise<Readonly<Record<string, string>>> {
  const client = new CloudFormationClient({});
  const StackName = `functions-${Date.now()}`;
  const Resources = Object.fromEntries(
    Object.entries(code).map(([id, ZipFile]) => [
      id,
      {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: `${StackName}-${id}`,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: 'arn:aws:iam::000000000000:role/test',
          Timeout: 6,
          Code: { ZipFile },
          ...properties,
        },
      },
    ]),
  );
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  await eventually(async () => {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0]?.StackStatus === 'CREATE_COMPLETE' ? true : undefined;
  }, `stack ${StackName} complete`);
  return Object.fromEntries(Object.keys(code).map((id) => [id, `${StackName}-${id}`]));
}

/** Asks again until there is an answer; what is awaited is named in the error. */
export async function eventually<T>(
  ask: () => Promise<T | undefined>,
  what: string,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${what} needs to happen within ${withinMs} ms, got nothing`);
}
