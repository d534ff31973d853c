import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { LOCAL_CONTEXT, STATE_DIR } from '../../../local/cloud.ts';
import { synth } from '../../../local/deploy.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the synthesized template. */
    readonly assembly: string;
  }
}

/** Synthesizes once for all files of the project; each deploys it onto a cloud of its own. */
export default async function synthesizeOnce(project: TestProject): Promise<() => Promise<void>> {
  await mkdir(STATE_DIR, { recursive: true });
  const assembly = await mkdtemp(join(STATE_DIR, `assembly-${process.pid}-`));
  const remove = () => rm(assembly, { recursive: true, force: true });
  try {
    await synth(assembly, LOCAL_CONTEXT);
  } catch (error) {
    await remove();
    throw error;
  }
  project.provide('assembly', assembly);
  return remove;
}
