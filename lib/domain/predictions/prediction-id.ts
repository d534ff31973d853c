/** Where a prediction's log object lies: its version and its hour of event time. */
export interface PredictionAddress {
  readonly version: number;
  /** UTC day `2013-04-01` and hour `05`. */
  readonly date: string;
  readonly hour: string;
}

const ID = /^([1-9]\d{0,9})-(\d{4})(\d{2})(\d{2})(\d{2})-([A-Za-z0-9-]{8,64})$/;

/**
 * The id of one prediction: it names the version and the hour, so its record is found without an index.
 * @param eventTime ISO 8601 UTC
 * @param random enough randomness to be unique within the hour: 8 to 64 letters, digits and `-`
 * @example predictionId(3, '2013-04-01T05:00:00.000Z', 'b3a9…') // '3-2013040105-b3a9…'
 */
export function predictionId(version: number, eventTime: string, random: string): string {
  return `${version}-${eventTime.slice(0, 13).replaceAll(/[-T]/g, '')}-${random}`;
}

/** Reads a prediction id back; undefined when the text is none. */
export function addressOf(id: string): PredictionAddress | undefined {
  const match = ID.exec(id);
  if (match === null) return undefined;
  const [, version, year, month, day, hour] = match;
  const date = `${year}-${month}-${day}`;
  if (Number.isNaN(Date.parse(`${date}T${hour}:00:00Z`))) return undefined;
  return { version: Number(version), date, hour: hour ?? '' };
}
