import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

/** Lends `work` the file under its object's name, which says its format; a download may be called anything. */
export async function withName<T>(
  file: string,
  objectKey: string,
  work: (named: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-object-'));
  try {
    const named = join(folder, `raw-${basename(objectKey)}`);
    await symlink(resolve(file), named);
    return await work(named, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
