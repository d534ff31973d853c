const DAY_MS = 86_400_000;

export interface TimeSplit {
  /** ISO 8601 UTC; training is [from, holdoutFrom), the holdout [holdoutFrom, to). */
  readonly from: string;
  readonly holdoutFrom: string;
  readonly to: string;
}

/**
 * The event-time range of a run, cut in time and never at random: a model is judged on what came after all it learned from.
 * Throws when the holdout is not shorter than the whole.
 *
 * @param to end of the range, exclusive
 * @param days length of the whole range
 * @param holdoutDays its newest part
 * @example splitByTime({ to: '2013-04-01T00:00:00Z', days: 90, holdoutDays: 14 }).holdoutFrom // '2013-03-18T00:00:00.000Z'
 */
export function splitByTime({
  to,
  days,
  holdoutDays,
}: {
  to: string;
  days: number;
  holdoutDays: number;
}): TimeSplit {
  if (!(holdoutDays < days))
    throw new Error(`a holdout is shorter than its range, got ${holdoutDays} of ${days} days`);
  const end = new Date(to).getTime();
  const back = (length: number) => new Date(end - length * DAY_MS).toISOString();
  return { from: back(days), holdoutFrom: back(holdoutDays), to: back(0) };
}
