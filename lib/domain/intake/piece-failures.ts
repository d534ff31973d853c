/** Some pieces of a batch could not be read: an outage, or bytes that make the engine fail. */
export class PiecesFailedError extends Error {
  override readonly name = 'PiecesFailedError';

  constructor(failed: ReadonlyMap<number, unknown>) {
    const chars = Math.min(MAX_SENTENCE, Math.floor(MAX_MESSAGE / failed.size));
    const lines = [...failed].map(([piece, error]) => `piece ${piece}: ${sentenceOf(error, chars)}`);
    super(lines.join('\n'), { cause: [...failed.values()][0] });
  }
}

/** Longer messages are drawings of the place in a statement. */
const MAX_SENTENCE = 300;

/** Step Functions keeps 32,768 characters of a cause, and a function's cause holds its message twice, the second time in its stack. */
const MAX_MESSAGE = 10_000;

function sentenceOf(error: unknown, chars = MAX_SENTENCE): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').slice(0, chars);
}

/** A child of a distributed map that failed, as its results name it. */
export interface FailedChild {
  /** JSON of its input: `{folder, batch}`. */
  readonly Input?: string;
  readonly Error?: string;
  /** JSON `{errorMessage, …}` of a function's error, or a sentence. */
  readonly Cause?: string;
}

/**
 * Why pieces have no shard: by piece where the worker could say so, else by what happened to the worker of its batch.
 *
 * @param batches of the plan
 * @example pieceFailures([{ Input: '{"batch":0}', Cause: 'Task timed out' }], [{ first: 0, end: 2 }]).get(1) // 'Task timed out'
 */
export function pieceFailures(
  children: readonly FailedChild[],
  batches: readonly { readonly first: number; readonly end: number }[],
): ReadonlyMap<number, string> {
  const why = new Map<number, string>();
  for (const { Input, Error: name, Cause } of children) {
    const batch = batches[Number(parsed(Input)?.batch ?? -1)];
    const message = String(parsed(Cause)?.errorMessage ?? Cause ?? name ?? 'no cause was recorded');
    const said = [...message.matchAll(/^piece (\d+): (.*)$/gm)];
    for (const [, piece, sentence] of said) why.set(Number(piece), sentence ?? '');
    if (batch === undefined || said.length > 0) continue;
    const sentence = sentenceOf(name && !message.includes(name) ? `${name}: ${message}` : message);
    for (let piece = batch.first; piece < batch.end; piece++) why.set(piece, sentence);
  }
  return why;
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
