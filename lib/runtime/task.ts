import type { z } from 'zod';
import { InvalidInputError } from '../domain/errors.ts';
import { type Logger, logger } from './logger.ts';

/** How a function that is no HTTP route is made: parse, call one verb, log how it ended, let errors through. */
export function task<I, O>(
  name: string,
  input: z.ZodType<I>,
  verb: (input: I, log: Logger) => Promise<O>,
): (event: unknown) => Promise<O> {
  const log = logger(name);
  return async (event) => {
    const startedMs = performance.now();
    const took = () => ({ tookMs: Math.round(performance.now() - startedMs) });
    try {
      const output = await verb(parse(name, input, event), log);
      log.info('done', took());
      return output;
    } catch (error) {
      // Rethrown untouched: a state machine retries or catches it by name.
      log.error('failed', { ...took(), error });
      throw error;
    }
  };
}

function parse<I>(name: string, schema: z.ZodType<I>, event: unknown): I {
  const read = schema.safeParse(event);
  if (read.success) return read.data;
  const details = read.error.issues.map((i) => ({ path: i.path.join('.'), message: i.message }));
  const sentence = details.map((d) => `${d.path || 'input'}: ${d.message}`).join('; ');
  throw new InvalidInputError(`${name} got an input it does not know: ${sentence}`, { details });
}
