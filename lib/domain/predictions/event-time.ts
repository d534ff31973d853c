/** ISO 8601 with a date, a time and perhaps a zone; a time without a zone is UTC, as in the raw files. */
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** What a time is called, in findings, that cannot be that of an event. */
export const EVENT_TIME_RANGE = 'timestamp-type-out-of-range';
/** Older than anything that asks a model: it and what comes before are defaults that stand for no time, as the year 1 does. */
const EARLIEST = '1970-01-01T00:00:00.000Z';
/** Clocks and zones differ; what lies further ahead is a mistake, or a far day that stands for no time. */
const MOST_AHEAD_MS = 86_400_000;

/**
 * Reads a timestamp as a caller sends it.
 * @returns ISO 8601 UTC with milliseconds, or undefined when the text is no time of the years 0 to 9999 UTC.
 * @example eventTimeOf('2013-04-01 05:00:00') // '2013-04-01T05:00:00.000Z'
 */
export function eventTimeOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const match = ISO.exec(value);
  if (match === null) return undefined;
  const zoned = value.length === 10 || match[1] !== undefined ? value : `${value}Z`;
  const ms = Date.parse(zoned.replace(' ', 'T'));
  if (Number.isNaN(ms) || !isDay(value.slice(0, 10))) return undefined;
  const time = new Date(ms).toISOString();
  return ISO.test(time) ? time : undefined;
}

/** The newest event time that may come at a time of receipt: a day later. ISO 8601 UTC, both. */
export function latestEventTime(receivedAt: string): string {
  return new Date(Date.parse(receivedAt) + MOST_AHEAD_MS).toISOString();
}

/**
 * Why a time cannot be that of a row which comes now. Rows of the past may come at any time, as in a replay.
 * @param eventTime as `eventTimeOf` reads it
 * @param receivedAt ISO 8601 UTC
 * @returns undefined when it can be
 * @example eventTimeIssue('9999-12-31T00:00:00.000Z', '2026-11-24T12:00:00.000Z')
 * // 'must be at most a day after its receipt, 2026-11-25T12:00:00.000Z, got 9999-12-31T00:00:00.000Z'
 */
export function eventTimeIssue(eventTime: string, receivedAt: string): string | undefined {
  const latest = latestEventTime(receivedAt);
  if (eventTime <= EARLIEST) return `must be later than ${EARLIEST}, got ${eventTime}`;
  return eventTime > latest
    ? `must be at most a day after its receipt, ${latest}, got ${eventTime}`
    : undefined;
}

/** The runtime takes February 31 for a day in March. */
function isDay(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}
