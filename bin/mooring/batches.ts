import { ApiError } from './api-error.ts';

/** What was answered to one batch, and how many records came before it. */
export interface Answered<A> {
  readonly answer: A;
  readonly before: number;
}

/**
 * Sends records in calls of at most `size`, in order, and yields each answer as it comes.
 * @param of what a record is in the path of an error: `rows`, `labels`
 * @throws ApiError of the first batch that is refused: it counts the records as the file does, and says which are done
 */
export async function* inBatches<T, A>(
  records: readonly T[],
  of: string,
  size: number,
  send: (batch: readonly T[]) => Promise<A>,
): AsyncGenerator<Answered<A>> {
  for (let before = 0; before < records.length; before += size)
    try {
      yield { answer: await send(records.slice(before, before + size)), before };
    } catch (error) {
      throw error instanceof ApiError && before > 0 ? counted(error, of, before) : error;
    }
}

function counted(error: ApiError, of: string, before: number): ApiError {
  const path = new RegExp(`^${of}\\.(\\d+)`);
  const details = error.details.map((detail) => ({
    ...detail,
    path: detail.path.replace(path, (_, index) => `${of}.${Number(index) + before}`),
  }));
  const done = `the first ${before} ${of} are done: send again from number ${before + 1}, ${of}.${before}, on`;
  return new ApiError(error.status, error.code, `${error.message}; ${done}`, details, error.cause);
}
