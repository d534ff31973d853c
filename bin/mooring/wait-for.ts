import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions<T> {
  readonly timeoutSeconds: number;
  readonly everyMs?: number;
  /** Sees every reading: progress. */
  readonly onEach?: (reading: T) => void;
  /** What is waited for, for the error's sentence. */
  readonly what?: string;
}

/** Reads again and again until it is done. Waiting longer than agreed is an error that shows the last reading. */
export async function waitFor<T>(
  read: () => Promise<T>,
  done: (reading: T) => boolean,
  { timeoutSeconds, everyMs = 1000, onEach = () => {}, what = 'it' }: WaitOptions<T>,
): Promise<T> {
  const endsAt = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const reading = await read();
    onEach(reading);
    if (done(reading)) return reading;
    if (Date.now() > endsAt)
      throw new WaitError(
        `${what} must be done within ${timeoutSeconds} s, got ${JSON.stringify(reading)?.slice(0, 500)}`,
      );
    await sleep(everyMs);
  }
}

export class WaitError extends Error {
  override readonly name = 'WaitError';
}
