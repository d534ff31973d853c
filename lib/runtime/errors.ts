import {
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  MooringError,
  NotFoundError,
  type Problem,
  TooLargeError,
  UnavailableError,
} from '../domain/errors.ts';

/** What a caller of the API is told; what it is not told stays in the log. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: readonly Problem[];
}

/** The one table from class of error to status and code. */
const TABLE = [
  [InvalidInputError, 422, 'invalid-input'],
  [ForbiddenError, 403, 'forbidden'],
  [NotFoundError, 404, 'not-found'],
  [ConflictError, 409, 'conflict'],
  [TooLargeError, 413, 'too-large'],
  [UnavailableError, 503, 'unavailable'],
] as const;

export function errorAnswer(error: unknown): ErrorAnswer {
  const row = TABLE.find(([type]) => error instanceof type);
  if (row === undefined || !(error instanceof MooringError))
    return { status: 500, code: 'internal', message: 'the request failed on our side', details: [] };
  return { status: row[1], code: row[2], message: error.message, details: error.details };
}
