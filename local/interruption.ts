import { UsageError } from './flags.ts';

/** One Ctrl-C may come twice: from the terminal to everyone in front of it, and passed on by npm. */
const SAME_PRESS_MS = 500;

/** The shell's number for a program that was interrupted: 128 and SIGINT's 2. */
const INTERRUPTED_EXIT_CODE = 130;

const USAGE_EXIT_CODE = 2;

/** The reason work was given up; no failure. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export interface InterruptionOptions {
  readonly onFirst: () => void;
  /** Impatience: the second Ctrl-C. @default ends this process at once */
  readonly onSecond?: () => void;
  readonly nowMs?: () => number;
}

/** Aborts on the first SIGINT, SIGTERM or SIGHUP, so that what runs can end in order. */
export function interruption({
  onFirst,
  onSecond = () => process.exit(INTERRUPTED_EXIT_CODE),
  nowMs = () => performance.now(),
}: InterruptionOptions): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  const onSignal = () => {
    if (controller.signal.aborted) {
      if (nowMs() - firstAt >= SAME_PRESS_MS) onSecond();
      return;
    }
    firstAt = nowMs();
    onFirst();
    controller.abort(new Interrupted('interrupted, nothing is left running'));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return controller.signal;
}

/** What a script that started us sees. */
export function exitCode(error: unknown): number {
  if (error instanceof Interrupted) return INTERRUPTED_EXIT_CODE;
  return error instanceof UsageError ? USAGE_EXIT_CODE : 1;
}
