import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '../at-exit.ts';

const PREFIX = 'sagemaker-';

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** A folder of this twin's own below `stateDir`, which others may use too. Removes those of programs that were killed. */
export const createWorkFolder = async (stateDir: string): Promise<TemporaryFolder> => {
  await mkdir(stateDir, { recursive: true });
  for (const name of await readdir(stateDir)) {
    const owner = /^sagemaker-(\d+)-/.exec(name)?.[1];
    if (owner && !isRunning(Number(owner))) await rm(join(stateDir, name), { recursive: true, force: true });
  }
  return temporaryFolder(join(resolve(stateDir), `${PREFIX}${process.pid}-`));
};
