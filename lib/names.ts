/** Words that a construct writes and a handler reads. Imports nothing. */

/** Environment variables of the functions; `lib/runtime/environment.ts` is their only reader. */
export const ENV = {
  artifactsBucket: 'MOORING_ARTIFACTS_BUCKET',
  auditBucket: 'MOORING_AUDIT_BUCKET',
  consoleUrl: 'MOORING_CONSOLE_URL',
  dataBucket: 'MOORING_DATA_BUCKET',
  eventBus: 'MOORING_EVENT_BUS',
  functionArns: 'MOORING_FUNCTION_ARNS',
  labelQueueUrl: 'MOORING_LABEL_QUEUE_URL',
  landingBucket: 'MOORING_LANDING_BUCKET',
  modelRoleArn: 'MOORING_MODEL_ROLE_ARN',
  pieceMb: 'MOORING_PIECE_MB',
  predictionQueueUrl: 'MOORING_PREDICTION_QUEUE_URL',
  release: 'MOORING_RELEASE',
  scheduleGroup: 'MOORING_SCHEDULE_GROUP',
  scheduleRoleArn: 'MOORING_SCHEDULE_ROLE_ARN',
  stage: 'MOORING_STAGE',
  stateMachineArns: 'MOORING_STATE_MACHINE_ARNS',
  table: 'MOORING_TABLE',
  trainerImage: 'MOORING_TRAINER_IMAGE',
  trainingInstanceType: 'MOORING_TRAINING_INSTANCE_TYPE',
  transformInstanceType: 'MOORING_TRANSFORM_INSTANCE_TYPE',
} as const;

/** The five state machines; each is `lib/pipelines/<name>.ts`. */
export const PIPELINES = ['intake', 'training', 'release', 'monitoring', 'retirement'] as const;
export type PipelineName = (typeof PIPELINES)[number];

/** How long an execution may run; a run's lock is a lease longer than this. */
export const EXECUTION_TIMEOUT_SECONDS: Readonly<Record<PipelineName, number>> = {
  intake: 3600,
  training: 6 * 3600,
  release: 3600,
  monitoring: 3600,
  retirement: 2 * 3600,
};

/** A lock outlives the longest execution it guards by a quarter of an hour: a late start, a clock that differs. */
export const LEASE_SECONDS = {
  training: EXECUTION_TIMEOUT_SECONDS.training + 900,
  release: EXECUTION_TIMEOUT_SECONDS.release + 900,
} as const;

/** The file of an exported window that holds rows whose outcome the model influenced. */
export const INFLUENCED_FILE = 'influenced.parquet';

/** The file that completes an upload; only its Object Created event starts intake. */
export const UPLOAD_MANIFEST = '_manifest.json';

/** What the caller said the upload would hold; the API compares when the caller says that it is complete. */
export const UPLOAD_ANNOUNCEMENT = '_announced.json';

/** Source of every event on the platform's bus; the detail type is the ledger entry's action. */
export const EVENT_SOURCE = 'mooring';

export const METRIC_NAMESPACE = 'Mooring';
export const METRICS = {
  endpointErrors: 'EndpointErrors',
  endpointLatencyMs: 'EndpointLatencyMs',
  ledgerUnpublished: 'LedgerUnpublished',
  predictionsServed: 'PredictionsServed',
  predictionsUnlogged: 'PredictionsUnlogged',
} as const;

/** Limits of one call, in one place because the API, the predict function and the client state them. */
export const MAX_ROWS_PER_CALL = 500;
export const MAX_BODY_BYTES = 1_000_000;
export const MAX_LOG_MESSAGE_BYTES = 200 * 1024;

/** S3 keys. Buckets: landing, data, artifacts, audit. */
export const keys = {
  upload: (model: string, uploadId: string, file: string) => `landing/${model}/${uploadId}/${file}`,
  // data bucket
  datasetManifest: (model: string, datasetId: string) => `datasets/${model}/${datasetId}/manifest.json`,
  prepared: (model: string, contentKey: string, part: string) => `prepared/${model}/${contentKey}/${part}`,
  predictionsOfVersion: (model: string, version: number) => `predictions/${model}/${pad(version)}/`,
  predictionsOfDay: (model: string, version: number, date: string) =>
    `predictions/${model}/${pad(version)}/${date}/`,
  predictions: (model: string, version: number, date: string, hour: string, id: string) =>
    `predictions/${model}/${pad(version)}/${date}/${hour}/${id}.jsonl.gz`,
  /** Calls that were refused in an hour: `2013-04-01T05`. */
  refusedOfHour,
  refused: (model: string, version: number, hour: string, id: string) =>
    `${refusedOfHour(model, version, hour)}${id}.json`,
  compacted: (model: string, version: number, date: string, revision: string) =>
    `compacted/${model}/${pad(version)}/${date}/${revision}`,
  /** Folder of one plan of what is to be compacted. */
  compacting: (model: string, plan: string) => `compacting/${model}/${plan}`,
  labelsOfDay: (model: string, date: string) => `labels/${model}/${date}/`,
  labels: (model: string, date: string, id: string) => `labels/${model}/${date}/${id}.jsonl.gz`,
  // artifacts bucket
  code: (codeHash: string, path: string) => `code/${codeHash}/${path}`,
  profile: (model: string, id: string) => `profiles/${model}/${id}.json`,
  binning: (model: string, id: string) => `binnings/${model}/${id}.json`,
  calibration: (model: string, id: string) => `calibrations/${model}/${id}.json`,
  report: (model: string, id: string) => `reports/${model}/${id}.json`,
  /** Folder of one opening of an upload; the next ones are below it. */
  intake: (model: string, uploadId: string, plan: string) => `intakes/${model}/${uploadId}/${plan}`,
  intakePlan: (folder: string) => `${folder}/plan.json`,
  intakeBatches: (folder: string) => `${folder}/batches.json`,
  intakeShard: (folder: string, piece: number) => `${folder}/shards/${pad(piece)}.json`,
  intakeMerges: (folder: string, level: number) => `${folder}/merges-${level}.json`,
  intakeMerged: (folder: string, level: number, group: number) =>
    `${folder}/merged-${level}/${pad(group)}.json`,
  intakeResults: (folder: string) => `${folder}/results`,
  runPlan: (model: string, runId: string, attempt: number) => `plans/${model}/${runId}-${attempt}.json`,
  smokeSample: (model: string, runId: string) => `smoke/${model}/${runId}.json`,
  jobOutput: (model: string, runId: string) => `jobs/${model}/${runId}`,
  // audit bucket
  certificate: (model: string, version: number) => `certificates/${model}/${pad(version)}.json`,
} as const;

function refusedOfHour(model: string, version: number, hour: string): string {
  return `refused/${model}/${pad(version)}/${hour.replace('T', '/')}/`;
}

/** One serverless endpoint a version; with a stage of at most 16 characters it fits SageMaker's 63. */
export function endpointName(stage: string, model: string, version: number): string {
  return `mooring-${stage}-${model}-v${version}`;
}

/** Numbers in keys are padded to ten digits so that they sort. */
export function pad(n: number): string {
  return String(n).padStart(10, '0');
}
