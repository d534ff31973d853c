import { wrap } from './layout.ts';

/** What a person sees while the journey runs: one line a step, what it does right now redrawn in place on a terminal. */
export interface Progress {
  /** Begins a step; the one before has ended. */
  step(title: string): void;
  /** A line of its own below the step. */
  note(text: string): void;
  /** What the step is doing right now; shown in place, or not at all where nothing can be redrawn. */
  status(text: string): void;
  /** Clears what is shown in place, before something else is written. */
  end(): void;
}

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressOptions {
  readonly nowMs?: () => number;
  /** Emphasis by escape sequences. @default on a terminal */
  readonly color?: boolean;
}

/** Where nothing says how wide a line may be. */
export const DEFAULT_COLUMNS = 100;

/** As wide as the clock of a step and the gap behind it. */
const INDENT = ' '.repeat(7);

export function terminalProgress(
  out: Terminal,
  { nowMs = () => performance.now(), color = out.isTTY === true }: ProgressOptions = {},
): Progress {
  const began = nowMs();
  const clear = out.isTTY ? '\r\x1b[2K' : '';
  const bold = (text: string) => (color ? `\x1b[1m${text}\x1b[0m` : text);
  const columns = () => out.columns ?? DEFAULT_COLUMNS;
  return {
    step: (title) => out.write(`${clear}${clock(nowMs() - began)}  ${bold(title)}\n`),
    note: (text) => {
      const lines = wrap(text, columns() - INDENT.length).map((line) => `${INDENT}${line}\n`);
      out.write(`${clear}${lines.join('')}`);
    },
    status: (text) => {
      if (!out.isTTY) return;
      // One short of the width: a full line would wrap, and could not be cleared.
      const line = `${clock(nowMs() - began)}  … ${text}`.slice(0, columns() - 1);
      out.write(`${clear}${line}`);
    },
    end: () => clear !== '' && out.write(clear),
  };
}

/** The same until the signal comes, then nothing: work that was given up has nothing more to say. */
export function mutedAfter(progress: Progress, signal: AbortSignal): Progress {
  const unless =
    <A extends readonly unknown[]>(say: (...said: A) => void) =>
    (...said: A) => {
      if (!signal.aborted) say(...said);
    };
  return {
    step: unless(progress.step),
    note: unless(progress.note),
    status: unless(progress.status),
    end: unless(progress.end),
  };
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2)}:${String(seconds % 60).padStart(2, '0')}`;
}
