import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 10;
/** About two transactions: longer waits only idle while the crowd shrinks. */
const LONGEST_MS = 250;

/** Full jitter: a crowd that met once should not meet again. */
export function backoff(attempt: number): Promise<void> {
  return sleep(Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt));
}
