import { FUNCTIONS } from '../lib/constructs/function-table.ts';
import { PART_BYTES } from '../lib/domain/monitoring/log-parts.ts';
import { EXECUTION_TIMEOUT_SECONDS } from '../lib/names.ts';
import { WORKERS_AT_A_TIME } from '../lib/pipelines/intake.ts';
import { PRICES } from '../test/infra/monthly-cost.ts';
import {
  AWS,
  type Figure,
  FREE_SCRATCH_MB,
  MORE_PRICES,
  quota,
  TRANSITIONS_PER_CHILD,
} from './simulate-intake.ts';

/** What one worker of monitoring took on this machine. */
export interface LogWorkerCost {
  readonly bytesPerRow: number;
  readonly bytesPerObject: number;
  readonly cpuSecondsPerRow: number;
  readonly rssMb: number;
  /** Largest use of `/tmp`, by packed byte. */
  readonly scratchPerByte: number;
  /** Of one part's profile. */
  readonly profileBytes: number;
}

/** Assumed: a small GET, a page of a listing, reading and adding up one part's profile. */
const GET_SECONDS = 0.03;
const LIST_SECONDS = 0.06;
const MERGE_SECONDS = 0.05;
/** Of `compact-log`. */
const GETS_AT_A_TIME = 16;
const OBJECTS_A_LISTING = 1000;
/** Heap of a listed object in `plan-windows`. */
const BYTES_LISTED = 250;
/** Of a part in the day's item, and the largest item of DynamoDB. */
const PART_ITEM_BYTES = 72;
const ITEM_BYTES = 400 * 1024;

const DAYS = 30;
const HOURS = 24;
const NAMES = 16;

/** Workers, time and cost of a month's log of so many packed bytes of one version, even over its hours; and each limit's share. */
export function simulateMonitoring(bytes: number, worker: LogWorkerCost): readonly Figure[] {
  const day = bytes / DAYS;
  const parts = partsOf(day);
  const partBytes = day / parts;
  const { memoryMb, timeoutSeconds, scratchMb } = FUNCTIONS['compact-log'];
  const objects = day / worker.bytesPerObject;
  const cpu = (partBytes / worker.bytesPerRow) * worker.cpuSecondsPerRow * AWS.slowerBy;
  const gets = ((objects / parts) * GET_SECONDS) / GETS_AT_A_TIME;
  const seconds = AWS.coldStartSeconds + gets + partBytes / AWS.downloadBytesPerSecond + cpu;
  const listing = (objects / OBJECTS_A_LISTING) * LIST_SECONDS;
  const compacting = AWS.mapRunSeconds + Math.ceil(parts / WORKERS_AT_A_TIME) * seconds;
  const merging = parts * MERGE_SECONDS;
  const merge = FUNCTIONS['merge-day'];
  const plan = FUNCTIONS['plan-windows'];
  const cost =
    DAYS *
    (((parts * seconds * memoryMb + merging * merge.memoryMb) / 1024) * PRICES.lambdaGbSecond +
      (parts * seconds * (scratchMb - FREE_SCRATCH_MB) * MORE_PRICES.scratchGbSecond) / 1024 +
      (parts / 1e6) * PRICES.millionInvocations +
      ((parts * TRANSITIONS_PER_CHILD) / 1000) * PRICES.thousandTransitions +
      (objects / 1000) * MORE_PRICES.thousandGets +
      // A day is listed as often as a tick finds it changed: in each of its hours, and for its plan.
      ((HOURS * objects) / OBJECTS_A_LISTING / 1000) * MORE_PRICES.thousandPuts);
  return [
    { metric: 'rows', value: bytes / worker.bytesPerRow, unit: 'rows' },
    { metric: 'objects-a-day', value: objects, unit: 'count' },
    { metric: 'parts-a-day', value: parts, unit: 'count' },
    { metric: 'workers', value: Math.min(parts, WORKERS_AT_A_TIME), unit: 'count' },
    { metric: 'worker-time', value: seconds, unit: 's' },
    { metric: 'time-a-day', value: (2 * listing + compacting + merging) / 60, unit: 'min' },
    { metric: 'cost-a-month', value: cost, unit: 'USD' },
    quota('worker-timeout', seconds / timeoutSeconds),
    quota('worker-memory', worker.rssMb / memoryMb),
    quota('worker-scratch', (partBytes * worker.scratchPerByte) / (scratchMb * 1024 * 1024)),
    quota('plan-timeout', listing / plan.timeoutSeconds),
    quota('plan-memory', (objects * BYTES_LISTED) / (plan.memoryMb * 1024 * 1024)),
    quota('merge-timeout', merging / merge.timeoutSeconds),
    quota('day-item', (parts * PART_ITEM_BYTES) / ITEM_BYTES),
    quota('execution-timeout', (2 * listing + compacting + merging) / EXECUTION_TIMEOUT_SECONDS.monitoring),
  ];
}

/** As `logParts` cuts a day whose hours, and names in them, are even. */
function partsOf(day: number): number {
  if (day <= PART_BYTES) return 1;
  let parts = HOURS;
  while (day / parts > PART_BYTES) parts *= NAMES;
  return parts;
}
