/** What a person sees while the journey runs: one line a step, redrawn in place on a terminal. */
export interface Progress {
  /** Begins a step; the one before has ended. */
  step(title: string): void;
  /** A line of its own below the step. */
  note(text: string): void;
  /** What the step is doing right now; shown in place, or not at all where nothing can be redrawn. */
  status(text: string): void;
}

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export function terminalProgress(out: Terminal, now: () => number = () => performance.now()): Progress {
  const began = now();
  const clear = out.isTTY ? '\r\x1b[2K' : '';
  const bold = (text: string) => (out.isTTY ? `\x1b[1m${text}\x1b[0m` : text);
  return {
    step: (title) => out.write(`${clear}${clock(now() - began)}  ${bold(title)}\n`),
    note: (text) => out.write(`${clear}${' '.repeat(7)}${text}\n`),
    status: (text) => {
      if (!out.isTTY) return;
      const line = `${clock(now() - began)}  … ${text}`;
      out.write(`${clear}${line.slice(0, (out.columns ?? 100) - 1)}`);
    },
  };
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2)}:${String(seconds % 60).padStart(2, '0')}`;
}
