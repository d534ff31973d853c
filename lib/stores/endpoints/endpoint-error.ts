/** Why an invocation gave no prediction. */
export type EndpointErrorKind =
  | 'not-found'
  | 'throttled'
  | 'model-error'
  | 'timeout'
  | 'rejected'
  | 'unavailable';

const RETRYABLE: ReadonlySet<EndpointErrorKind> = new Set(['throttled', 'timeout', 'unavailable']);

export class EndpointError extends Error {
  override readonly name = 'EndpointError';
  readonly kind: EndpointErrorKind;
  readonly endpoint: string;
  readonly retryable: boolean;

  constructor(endpoint: string, kind: EndpointErrorKind, cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    super(`endpoint ${endpoint} must answer a prediction, got ${kind}: ${said}`, { cause });
    this.endpoint = endpoint;
    this.kind = kind;
    this.retryable = RETRYABLE.has(kind);
  }
}

/** By error name where SageMaker names one, else by status; a connection that never answered has neither. */
export function endpointErrorKind(error: unknown): EndpointErrorKind {
  // The model answered, but not with JSON.
  if (error instanceof SyntaxError) return 'model-error';
  const { name, message, $metadata } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  if (name === 'TimeoutError' || name === 'AbortError' || name === 'ModelNotReadyException') return 'timeout';
  if (name === 'ThrottlingException' || $metadata?.httpStatusCode === 429) return 'throttled';
  if (name === 'ModelError') return /timed?[ -]?out/i.test(message ?? '') ? 'timeout' : 'model-error';
  if (name?.startsWith('Validation') && /could not find|not found/i.test(message ?? '')) return 'not-found';
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500 ? 'rejected' : 'unavailable';
}
