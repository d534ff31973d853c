/** ISO 8601 with a date, a time and perhaps a zone; a time without a zone is UTC, as in the raw files. */
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads a timestamp as a caller sends it.
 * @returns ISO 8601 UTC with milliseconds, or undefined when the text is no time.
 * @example eventTimeOf('2013-04-01 05:00:00') // '2013-04-01T05:00:00.000Z'
 */
export function eventTimeOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const match = ISO.exec(value);
  if (match === null) return undefined;
  const zoned = value.length === 10 || match[1] !== undefined ? value : `${value}Z`;
  const ms = Date.parse(zoned.replace(' ', 'T'));
  return Number.isNaN(ms) || !isDay(value.slice(0, 10)) ? undefined : new Date(ms).toISOString();
}

/** The runtime takes February 31 for a day in March. */
function isDay(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}
