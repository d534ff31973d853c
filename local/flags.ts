import { parseArgs } from 'node:util';

/** Where AWS's local stand-ins listen by habit; another with `--port`. */
const DEFAULT_PORT = '4566';

export interface Flags {
  readonly once: boolean;
  readonly report?: string;
  readonly port: number;
  readonly journey: boolean;
  readonly help: boolean;
}

export const USAGE = `usage: npm start -- [--once] [--report FILE] [--no-journey] [--port N]
  --once         end after the report; exit code 0 when all of it went well
  --report FILE  write the report as JSON
  --no-journey   only bring the platform up
  --port N       where the local cloud listens (${DEFAULT_PORT})`;

/** The command line was wrong; whoever typed it sees what is right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(sentence: string) {
    super(`${sentence}\n${USAGE}`);
  }
}

export function readFlags(args: readonly string[]): Flags {
  const values = parsed(args);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new UsageError(`--port must be 1 to 65535, got ${values.port}`);
  return { ...values, port };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        report: { type: 'string' },
        port: { type: 'string', default: DEFAULT_PORT },
        journey: { type: 'boolean', default: true },
        help: { type: 'boolean', default: false },
      },
      allowNegative: true,
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
