// SageMaker's errors: no "Exception" suffix except where AWS has one. The SDK reads the code from `__type`.

export class SageMakerError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

export const invalid = (message: string) => new SageMakerError('ValidationException', message);

export const inUse = (message: string) => new SageMakerError('ResourceInUse', message);

export const notFound = (message: string) => new SageMakerError('ResourceNotFound', message);

export const limitExceeded = (message: string) => new SageMakerError('ResourceLimitExceeded', message);
