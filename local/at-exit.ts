import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';

const chores = new Set<() => void>();

process.on('exit', () => {
  for (const chore of chores) chore();
});

/** Does it when this process ends before it was called off: by `process.exit`, or because nothing is left to do. */
export function atExit(chore: () => void): () => void {
  chores.add(chore);
  return () => chores.delete(chore);
}

export interface TemporaryFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** A new folder that does not outlive this process, even where it ends in the middle of work. */
export async function temporaryFolder(prefix: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(prefix);
  const done = atExit(() => rmSync(path, { recursive: true, force: true }));
  const remove = async () => {
    await rm(path, { recursive: true, force: true });
    done();
  };
  return { path, remove };
}
