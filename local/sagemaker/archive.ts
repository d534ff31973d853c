import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** GNU tar, which refuses member names that leave the folder. */
export const unpack = async (archive: string, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  await run('tar', ['-xzf', archive, '-C', folder, '--no-same-owner']);
};

export const pack = async (folder: string, archive: string): Promise<void> => {
  await run('tar', ['-czf', archive, '-C', folder, '.']);
};
