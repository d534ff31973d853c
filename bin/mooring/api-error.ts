/** An answer of the API that is no success. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  readonly details: readonly { readonly path: string; readonly message: string }[];

  constructor(
    status: number,
    code: string,
    message: string,
    details: ApiError['details'] = [],
    cause?: unknown,
  ) {
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** The error of an answer; a gateway's own answers have no body of ours. */
export function errorOf(status: number, body: unknown): ApiError {
  const error = (
    body as { error?: { code?: string; message?: string; details?: ApiError['details'] } } | undefined
  )?.error;
  if (typeof error === 'object' && error.message !== undefined)
    return new ApiError(status, error.code ?? 'unknown', error.message, error.details);
  // The gateway's own words for a token that its authorizer does not know.
  if (status === 401 || status === 403)
    return new ApiError(
      status,
      'unauthenticated',
      'the token is not accepted: it is wrong, revoked or expired; set --token or MOORING_TOKEN',
    );
  const message = (body as { message?: string } | undefined)?.message ?? 'no further words';
  return new ApiError(status, 'unknown', `the API answered ${status}: ${message}`);
}
