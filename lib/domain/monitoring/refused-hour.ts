import type { Refusal } from '../predictions/refusal.ts';

/** What was refused in an hour of event time, as far as it was read. */
export interface RefusedHour {
  /** `2013-04-01T05` */
  readonly hour: string;
  /** All calls; an estimate where there are very many. */
  readonly calls: number;
  /** A sample of them, or all. */
  readonly read: readonly RefusedCall[];
}

export interface RefusedCall extends Refusal {
  /** Its key in the data bucket. */
  readonly object: string;
}

/**
 * How many calls an hour has, by the first of their names: the names are hashes, so how closely they lie says how many there are.
 *
 * @param names in order, hexadecimal
 * @param most names that a listing has; with fewer, there are no others
 * Source: Bar-Yossef et al., Counting distinct elements in a data stream (2002), algorithm 1; off by 1/√most, a deviation.
 * @example callsOf(['3f…', '7f…'], 1000) // 2
 */
export function callsOf(names: readonly string[], most: number): number {
  if (names.length < most) return names.length;
  const covered = Number.parseInt(names.at(-1)?.slice(0, 12) ?? '', 16) / 16 ** 12;
  return Math.round((names.length - 1) / covered);
}

const REFUSED = /^refused\/.*\/(\d{4}-\d\d-\d\d)\/(\d\d)\/[^/]+$/;

/**
 * The hour that a refused call lies in, read from its key.
 *
 * @returns undefined for an object that is none
 * @example refusedAt('refused/m/0000000001/2013-04-01/05/ab.json') // '2013-04-01T05'
 */
export function refusedAt(object: string): string | undefined {
  const [, date, hour] = REFUSED.exec(object) ?? [];
  return date && `${date}T${hour}`;
}
