/** Ids and numbers of one log line; never data of users, never secrets. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields & { readonly error?: unknown }): void;
  /** The same logger with ids that every later line carries. */
  with(ids: LogFields): Logger;
}

/** One JSON object a line. `sink` is where lines go; the function's log by default. */
export function logger(fn: string, ids: LogFields = {}, sink: (line: string) => void = console.log): Logger {
  const write = (level: string, message: string, fields: LogFields = {}) =>
    sink(JSON.stringify({ level, at: new Date().toISOString(), fn, message, ...ids, ...fields }, readable));
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
    with: (more) => logger(fn, { ...ids, ...more }, sink),
  };
}

/** An Error has no enumerable fields: without this it would be logged as `{}`. */
function readable(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
}

/** For tests. */
export const silentLogger: Logger = logger('silent', {}, () => {});
