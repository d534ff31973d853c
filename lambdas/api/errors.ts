import { HTTPException } from 'hono/http-exception';
import { InvalidInputError, type Problem } from '../../lib/domain/errors.ts';
import { errorAnswer } from '../../lib/runtime/errors.ts';
import { ConditionFailedError } from '../../lib/stores/registry/registry.ts';

/** The body of every answer that is no success. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly details: readonly Problem[] };
}

export interface HttpError {
  readonly status: number;
  readonly body: ErrorBody;
}

/** What the framework itself refuses before a route is reached. */
const HTTP_CODES: Readonly<Record<number, string>> = {
  401: 'unauthenticated',
  415: 'unsupported-media-type',
};

/** What a caller is told of an error: of one that we do not know, nothing but that it happened. */
export function httpError(error: unknown): HttpError {
  if (error instanceof HTTPException) {
    if (error.status === 400)
      return httpError(new InvalidInputError('the body is no JSON', { cause: error }));
    const code = HTTP_CODES[error.status];
    if (code !== undefined) return httpErrorOf(error.status, code, lowered(error.message));
  }
  // A first writer won between our reading and our writing.
  if (error instanceof ConditionFailedError) return httpErrorOf(409, 'conflict', error.message);
  const { status, code, message, details } = errorAnswer(error);
  return httpErrorOf(status, code, message, details);
}

function httpErrorOf(
  status: number,
  code: string,
  message: string,
  details: readonly Problem[] = [],
): HttpError {
  return { status, body: { error: { code, message, details } } };
}

function lowered(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
