import type { Client } from './client.ts';
import type { Io } from './io.ts';
import { visible, visibleLines } from './visible.ts';

/** What every command works with. */
export interface Session {
  readonly io: Io;
  /** Prints a line of an answer that comes in parts, for people; `answer` then has the whole of it as JSON. */
  readonly part: (line: string) => void;
  /** Made when first needed: help needs no token. */
  readonly client: () => Client;
  /**
   * Prints an answer: as JSON, or as the lines that people read, a text line by line. Control characters of data are spelled out. A verdict that is no, is exit code 1; others are given.
   */
  readonly answer: (value: unknown, lines: string | readonly string[], good?: boolean | number) => void;
}

export function answerTo(
  io: Io,
  asJson: () => boolean,
  verdict: (good: boolean | number) => void,
): Session['answer'] {
  return (value, lines, good = true) => {
    verdict(good);
    if (asJson()) io.out(visibleLines(JSON.stringify(value, undefined, 2)));
    else if (typeof lines === 'string') io.out(visibleLines(lines));
    else for (const line of lines) io.out(visible(line));
  };
}
