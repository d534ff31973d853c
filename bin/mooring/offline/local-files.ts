import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../exit-codes.ts';

/**
 * Bytes of a file to be read.
 *
 * @throws UsageError for what is none: it is read more than once, which a pipe cannot be
 */
export async function bytesOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`there is no file ${path}`);
  if (found.isDirectory()) throw new UsageError(`${path} is a folder, wanted a file`);
  if (!found.isFile())
    throw new UsageError(`${path} is a pipe or a device, wanted a file: write its rows to one`);
  return found.size;
}

/**
 * Sees that a file can be written, before the work whose result it is to hold.
 *
 * @param option that names it
 * @throws UsageError where it cannot
 */
export async function checkWritable(option: string, path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new UsageError(`${option} names a file, got the folder ${path}`);
  const folder = dirname(path);
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new UsageError(`${option} names a file in a folder that exists, got ${path}`);
  try {
    await access(found === undefined ? folder : path, constants.W_OK);
  } catch {
    throw new UsageError(`${option} names a file that may be written, got ${path}`);
  }
}
