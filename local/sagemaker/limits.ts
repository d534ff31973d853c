// Limits AWS enforces, so that what passes here does not break there. Sources: SageMaker API reference and quotas, 2026.

export const MAX_NAME_LENGTH = 63;

export const MAX_HYPERPARAMETERS = 100;

/** AWS allows 2,500 in a value; older images passed them on a command line, and 256 was always safe. */
export const MAX_HYPERPARAMETER_LENGTH = 256;

export const MAX_METRICS = 40;
export const MAX_METRIC_REGEX_LENGTH = 500;

/** A training job's name is that of its tuning job and 13 characters more. */
export const MAX_TUNING_JOB_NAME_LENGTH = 32;
export const MAX_TUNING_METRICS = 20;
export const MAX_TUNED_HYPERPARAMETERS = 30;
export const MAX_CATEGORIES = 30;
export const MAX_TUNING_TRAINING_JOBS = 750;
export const MAX_PARALLEL_TRAINING_JOBS = 100;
export const MAX_RANDOM_SEED = 4_294_967_295;

/** A tuning job gives up when that many training jobs have ended and none has succeeded. */
export const MAX_FRUITLESS_TRAINING_JOBS = 5;

export const MAX_FAILURE_REASON_LENGTH = 1024;

export const DEFAULT_MAX_RUNTIME_SECONDS = 86_400;

export const LONGEST_MAX_RUNTIME_SECONDS = 432_000;

/** Between SIGTERM and SIGKILL: a training job may save a checkpoint, a model server may finish its calls. */
export const TRAINING_STOP_GRACE_MS = 120_000;
export const SERVER_STOP_GRACE_MS = 30_000;

/** Concurrent job instances, as a young account's quota would have it. A distributed job needs several and is refused. */
export const MAX_JOB_INSTANCES = 8;

export const SERVERLESS_MEMORY_MB: readonly number[] = [1024, 2048, 3072, 4096, 5120, 6144];
export const MAX_SERVERLESS_CONCURRENCY = 200;

/** Request and response of a serverless endpoint, each. */
export const MAX_SERVERLESS_PAYLOAD_BYTES = 4 * 1024 * 1024;
export const MAX_INSTANCE_PAYLOAD_BYTES = 25 * 1024 * 1024;

export const INVOCATION_TIMEOUT_MS = 60_000;

/** A serverless endpoint is ready within three minutes or it is not healthy. */
export const READY_TIMEOUT_MS = 180_000;

export const DEFAULT_TRANSFORM_PAYLOAD_MB = 6;
export const MAX_TRANSFORM_PAYLOAD_MB = 100;
export const DEFAULT_TRANSFORM_INVOCATION_SECONDS = 600;
