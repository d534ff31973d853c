import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { bootstrap, deploy, destroy, type StackOutputs, synth } from '../../../local/deploy.ts';
import type { Engine } from '../../../local/engine.ts';
import { useEngine } from '../../support/engine.ts';

export interface Fixture {
  readonly engine: Engine;
  readonly outputs: StackOutputs[string];
  destroy(): Promise<void>;
}

/** An engine with the fixture's stack deployed by the stock CDK command line. */
export function useFixture(): () => Fixture {
  const engine = useEngine();
  let out: string;
  let outputs: StackOutputs[string] | undefined;
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'mooring-fixture-'));
    const app = `${process.execPath} ${join(import.meta.dirname, 'fixture-app.ts')}`;
    await Promise.all([bootstrap(engine()), synth(out, {}, { app })]);
    outputs = (await deploy(engine(), out)).Fixture;
  });
  afterAll(() => rm(out, { recursive: true, force: true }));
  return () => ({ engine: engine(), outputs: outputs ?? {}, destroy: () => destroy(engine(), out) });
}

/** An output of the fixture's stack, or an error that names it. */
export function output(fixture: Fixture, name: string): string {
  const value = fixture.outputs[name];
  if (!value)
    throw new Error(`fixture needs an output ${name}, got ${Object.keys(fixture.outputs).join(', ')}`);
  return value;
}
