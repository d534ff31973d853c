import type { ChildProcess } from 'node:child_process';

/** Kills a child that leads a process group of its own, and all that it started; one that has ended stays so. */
export function killGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
