import type { Io } from './io.ts';

/** How far something is, on stderr: drawn in place on a terminal, elsewhere one line a change. */
export interface Progress {
  update(text: string): void;
  end(): void;
}

export function progress(io: Io): Progress {
  const startedMs = Date.now();
  let last = '';
  return {
    update(text) {
      const seconds = Math.round((Date.now() - startedMs) / 1000);
      if (io.isTerminal) io.err(`\r\x1b[2K${text} · ${seconds} s`);
      else if (text !== last) io.err(`${text}\n`);
      last = text;
    },
    end() {
      if (io.isTerminal && last !== '') io.err('\r\x1b[2K');
    },
  };
}
