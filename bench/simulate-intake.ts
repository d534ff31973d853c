import { FUNCTIONS } from '../lib/constructs/function-table.ts';
import { mergeLevels } from '../lib/domain/intake/merge-tree.ts';
import { EXECUTION_TIMEOUT_SECONDS } from '../lib/names.ts';
import { WORKERS_AT_A_TIME } from '../lib/pipelines/intake.ts';
import { parseSettings } from '../lib/settings.ts';
import { PRICES } from '../test/infra/monthly-cost.ts';
import type { Measure } from './measure.ts';

/** What one worker took on this machine. */
export interface WorkerCost {
  readonly bytesPerRow: number;
  readonly cpuSecondsPerRow: number;
  readonly rssMb: number;
  /** Of one piece's profile and findings. */
  readonly shardBytes: number;
}

/**
 * What is assumed about AWS, because no account was at hand. Quotas are the defaults of an account; sources: the pages "Lambda quotas",
 * "Understanding Lambda function scaling", "Step Functions service quotas", "Best practices design patterns: optimizing Amazon S3
 * performance", as of 2026-11.
 */
export const AWS = {
  /** A Lambda processor against this one; the share of one that a function has is its memory over 1,769 MB. */
  slowerBy: 2,
  fullProcessorMb: 1769,
  /** From one connection, into /tmp. */
  downloadBytesPerSecond: 80e6,
  coldStartSeconds: 2,
  /** Starting a map run, and the transitions around it. */
  mapRunSeconds: 5,
  /** A merge of a hundred documents of 0.1 MB: ten rounds of reads, and a start; assumed, not measured. */
  mergeSeconds: 5,
  concurrentFunctions: 1000,
  concurrentChildren: 10_000,
  historyEvents: 25_000,
  stateBytes: 256 * 1024,
  getsPerSecondAndPrefix: 5500,
  /** One presigned PUT. */
  largestObjectBytes: 5e9,
  /** Of our own manifest. */
  filesPerUpload: 10_000,
} as const;

/** "Amazon S3 pricing" and "AWS Lambda pricing", us-east-1, as of 2026-11, beside those that the idle cost is computed from. */
export const MORE_PRICES = {
  thousandPuts: 0.005,
  thousandGets: 0.0004,
  scratchGbSecond: 0.0000000309,
} as const;

/** State transitions of one child execution: start, task, end. */
export const TRANSITIONS_PER_CHILD = 3;
const GETS_PER_PIECE = 5;
const PUTS_PER_PIECE = 1;
/** JSON of one piece in the plan, which every worker reads. */
const PLAN_BYTES_PER_PIECE = 150;

/** Of the intake machine's own history: a handful of states, and two a map run. */
const HISTORY_EVENTS = 40;
/** The largest state that its machine passes on: ids and keys. */
const STATE_BYTES = 2000;
/** MB of `/tmp` that every function has for nothing. */
export const FREE_SCRATCH_MB = 512;

export type Figure = Pick<Measure, 'metric' | 'value' | 'unit'>;

/** Workers, time and cost of so many bytes of Parquet, and how much of each quota they would use (1 is all of it). */
export function simulateIntake(bytes: number, worker: WorkerCost): readonly Figure[] {
  const pieceBytes = parseSettings({}).pieceMb * 1e6;
  const { memoryMb, timeoutSeconds, scratchMb = FREE_SCRATCH_MB } = FUNCTIONS['profile-object'];
  const pieces = Math.ceil(bytes / pieceBytes);
  const uploads = Math.ceil(bytes / (AWS.largestObjectBytes * AWS.filesPerUpload));
  const processors = Math.min(1, memoryMb / AWS.fullProcessorMb);
  const cpu = ((pieceBytes / worker.bytesPerRow) * worker.cpuSecondsPerRow * AWS.slowerBy) / processors;
  const planBytes = (PLAN_BYTES_PER_PIECE * pieces) / uploads;
  const download = (pieceBytes + planBytes) / AWS.downloadBytesPerSecond;
  const seconds = AWS.coldStartSeconds + download + cpu;
  const workers = Math.min(WORKERS_AT_A_TIME, pieces);
  const levels = mergeLevels(pieces);
  const merges = levels.reduce((sum, groups) => sum + groups, 0);
  const profiling = Math.ceil(pieces / workers) * seconds;
  const merging = levels.reduce(
    (sum, n) => sum + AWS.mapRunSeconds + Math.ceil(n / workers) * AWS.mergeSeconds,
    0,
  );
  const total = AWS.mapRunSeconds + profiling + merging;
  const gbSeconds =
    (pieces * seconds * memoryMb + merges * AWS.mergeSeconds * FUNCTIONS['merge-profiles'].memoryMb) / 1024;
  const cost =
    gbSeconds * PRICES.lambdaGbSecond +
    (pieces * seconds * (scratchMb - FREE_SCRATCH_MB) * MORE_PRICES.scratchGbSecond) / 1024 +
    ((pieces + merges) / 1e6) * PRICES.millionInvocations +
    (((pieces + merges) * TRANSITIONS_PER_CHILD) / 1000) * PRICES.thousandTransitions +
    ((pieces * GETS_PER_PIECE) / 1000) * MORE_PRICES.thousandGets +
    ((pieces * PUTS_PER_PIECE + merges) / 1000) * MORE_PRICES.thousandPuts;
  const perUpload = total / uploads;
  return [
    { metric: 'rows', value: bytes / worker.bytesPerRow, unit: 'rows' },
    { metric: 'uploads', value: uploads, unit: 'count' },
    { metric: 'pieces', value: pieces, unit: 'count' },
    { metric: 'workers', value: workers, unit: 'count' },
    { metric: 'worker-time', value: seconds, unit: 's' },
    { metric: 'merges', value: merges, unit: 'count' },
    { metric: 'time', value: total / 60, unit: 'min' },
    { metric: 'cost', value: cost, unit: 'USD' },
    quota('lambda-concurrency', workers / AWS.concurrentFunctions),
    quota('worker-timeout', seconds / timeoutSeconds),
    quota('worker-scratch', (3 * pieceBytes) / (scratchMb * 1024 * 1024)),
    quota('map-children', workers / AWS.concurrentChildren),
    quota('history-events', HISTORY_EVENTS / AWS.historyEvents),
    quota('state-bytes', STATE_BYTES / AWS.stateBytes),
    quota('s3-gets', (workers * GETS_PER_PIECE) / seconds / AWS.getsPerSecondAndPrefix),
    quota('execution-timeout', perUpload / EXECUTION_TIMEOUT_SECONDS.intake),
  ];
}

export function quota(name: string, value: number): Figure {
  return { metric: `share-of-${name}`, value, unit: 'ratio' };
}
