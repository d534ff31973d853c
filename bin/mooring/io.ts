/** Where a command reads from and writes to; a test hands in its own. */
export interface Io {
  readonly out: (line: string) => void;
  readonly err: (chunk: string) => void;
  /** Whether progress may be drawn in place. */
  readonly isTerminal: boolean;
  readonly stdin: () => Promise<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fetch?: typeof fetch;
}
