/** One thing that is wrong with an input: where, and a sentence about it. */
export interface Problem {
  /** `schema.columns.3.type`, `rows.0.temp`; empty for the whole input. */
  readonly path: string;
  readonly message: string;
}

/**
 * An error whose name a caller may act on: a route turns it into a status, a state machine retries or catches it.
 * Verdicts (a rejected dataset, a failed gate) are values and never one of these.
 */
export class MooringError extends Error {
  override readonly name: string = 'MooringError';
  /** Whether the same call may succeed later without a change. */
  readonly retryable: boolean = false;
  readonly details: readonly Problem[];

  constructor(
    message: string,
    options: { readonly details?: readonly Problem[]; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.details = options.details ?? [];
  }
}

/** The input breaks its contract; `details` names every field. */
export class InvalidInputError extends MooringError {
  override readonly name = 'InvalidInputError';
}

/** The id names nothing. */
export class NotFoundError extends MooringError {
  override readonly name = 'NotFoundError';
}

/** The state of things forbids it now: a run is in progress, the version serves. */
export class ConflictError extends MooringError {
  override readonly name = 'ConflictError';
}

/** The principal may not do this. */
export class ForbiddenError extends MooringError {
  override readonly name = 'ForbiddenError';
}

/** The input exceeds a limit of a call. */
export class TooLargeError extends MooringError {
  override readonly name = 'TooLargeError';
}

/** Something we depend on does not answer, or is busy; the same call may succeed later. */
export class UnavailableError extends MooringError {
  override readonly name = 'UnavailableError';
  override readonly retryable = true;
}
