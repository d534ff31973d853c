import type { Retry } from './asl.ts';

/**
 * What may go away by itself. A verb's own errors are not among them: bad data stays bad, and a bug stays a bug.
 * Verdicts are no errors at all.
 */
const BACKOFF = {
  IntervalSeconds: 2,
  MaxAttempts: 5,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: 'FULL',
} as const;

/** The service could not run the function, or a service that the function called was away or throttled. */
export const FUNCTION_OUTAGES: Retry = {
  ErrorEquals: [
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
    'InternalServerError',
    'ProvisionedThroughputExceededException',
    'RequestTimeout',
    'ServiceUnavailable',
    'ServiceUnavailableException',
    'SlowDown',
    'ThrottlingException',
    'TimeoutError',
    'TooManyRequestsException',
    'UnavailableError',
  ],
  ...BACKOFF,
};

export const SAGEMAKER_OUTAGES: Retry = {
  ErrorEquals: [
    'SageMaker.AmazonSageMakerException',
    'SageMaker.ThrottlingException',
    'SageMaker.InternalFailureException',
    'SageMaker.ServiceUnavailableException',
  ],
  ...BACKOFF,
};

/** An account's instances are in use: worth a longer wait than an outage. */
export const SAGEMAKER_BUSY: Retry = {
  ErrorEquals: ['SageMaker.ResourceLimitExceededException'],
  IntervalSeconds: 60,
  MaxAttempts: 10,
  BackoffRate: 1.5,
  MaxDelaySeconds: 600,
  JitterStrategy: 'FULL',
};

export const EXECUTION_OUTAGES: Retry = {
  ErrorEquals: ['StepFunctions.ThrottlingException', 'StepFunctions.SdkClientException'],
  ...BACKOFF,
};

/**
 * A worker that died, ran out of time or could not read its data is started once more, whatever it said: the piece of data that fails twice
 * is left out and named.
 */
export const SECOND_TRY: Retry = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 2,
  MaxAttempts: 1,
  BackoffRate: 1,
  MaxDelaySeconds: 10,
  JitterStrategy: 'FULL',
};
