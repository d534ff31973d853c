import { z } from 'zod';
import { count, emptyNumeric, numericProfileSchema } from './numeric-profile.ts';

export const HOURS_OF_WEEK = 168;
const HOUR_MS = 3_600_000;

/** Intervals that arrivals are counted in, each a whole number of the one before: hour, day, four weeks, a year of those. */
export const ARRIVAL_UNITS_HOURS = [1, 24, 672, 8736] as const;

/** Intervals kept; with more than that the next longer unit is used, as a merge of the parts would. */
export const MAX_ARRIVALS = 2048;

export const arrivalsSchema = z.object({
  unitHours: z.union(ARRIVAL_UNITS_HOURS.map((hours) => z.literal(hours))),
  /** [interval since 1970, rows], ascending; intervals without rows are left out. */
  counts: z.array(z.tuple([z.number().int(), count])),
});
export type Arrivals = z.infer<typeof arrivalsSchema>;

export const timestampProfileSchema = z.object({
  kind: z.literal('timestamp'),
  counts: z.object({ null: count, typeMismatch: count }),
  n: count,
  /** Milliseconds since 1970 UTC; null while n is 0. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** Times later than their own row's; without row times, than the moment they were profiled at. */
  future: count,
  /** How much older they are than their rows, in hours, under `AGE_EDGES`; of no rows where rows have no time. */
  age: numericProfileSchema,
  /** Rows by hour of the week, UTC; Monday 00:00 is 0. */
  hourOfWeek: z.array(count).length(HOURS_OF_WEEK),
  arrivals: arrivalsSchema,
});

/** What is kept of a column of times: when rows come, never a distribution of the time itself, which always drifts. */
export type TimestampProfile = z.infer<typeof timestampProfileSchema>;

/** Bins of ages, the same for every column of times: from a minute to a century, each a fifth wider, on both sides of now. */
export const AGE_EDGES: readonly number[] = ageEdges();

function ageEdges(): number[] {
  const [minute, century] = [1 / 60, 876_600];
  const older: number[] = [];
  for (let hours = minute; hours < century; hours *= 1.2) older.push(hours);
  return [...older.map((hours) => -hours).reverse(), 0, ...older];
}

export function emptyTimestamp(): TimestampProfile {
  return {
    kind: 'timestamp',
    counts: { null: 0, typeMismatch: 0 },
    n: 0,
    min: null,
    max: null,
    future: 0,
    age: emptyNumeric(AGE_EDGES.length),
    hourOfWeek: new Array<number>(HOURS_OF_WEEK).fill(0),
    arrivals: { unitHours: 1, counts: [] },
  };
}

/** The hour of the week of an hour since 1970, which began on a Thursday. */
export function hourOfWeekOf(hour: number): number {
  const shifted = (hour + 3 * 24) % HOURS_OF_WEEK;
  return shifted < 0 ? shifted + HOURS_OF_WEEK : shifted;
}

/**
 * Arrivals in the shortest unit that keeps at most `MAX_ARRIVALS` intervals. Units divide one another, so that coarsening before
 * a merge or after it gives the same.
 */
export function coarsenArrivals({ unitHours, counts }: Arrivals): Arrivals {
  if (counts.length <= MAX_ARRIVALS) return { unitHours, counts };
  const next = ARRIVAL_UNITS_HOURS[ARRIVAL_UNITS_HOURS.indexOf(unitHours) + 1];
  if (next === undefined) return { unitHours, counts };
  return coarsenArrivals(arrivalsIn(next, { unitHours, counts }));
}

/** Arrivals of both. */
export function mergeArrivals(a: Arrivals, b: Arrivals): Arrivals {
  const unitHours = Math.max(a.unitHours, b.unitHours) as Arrivals['unitHours'];
  const [one, other] = [arrivalsIn(unitHours, a), arrivalsIn(unitHours, b)];
  return coarsenArrivals({ unitHours, counts: summed([...one.counts, ...other.counts]) });
}

/**
 * The longest stretch without a row between the first and the last one, in ms; a multiple of the unit that arrivals are
 * counted in, and 0 where every interval has rows.
 */
export function longestGapMs({ arrivals: { unitHours, counts } }: TimestampProfile): number {
  let longest = 0;
  counts.forEach(([interval], i) => {
    const before = counts[i - 1]?.[0] ?? interval - 1;
    longest = Math.max(longest, interval - before - 1);
  });
  return longest * unitHours * HOUR_MS;
}

function arrivalsIn(unitHours: Arrivals['unitHours'], arrivals: Arrivals): Arrivals {
  if (arrivals.unitHours === unitHours) return arrivals;
  const factor = unitHours / arrivals.unitHours;
  const counts = arrivals.counts.map(([i, rows]): [number, number] => [Math.floor(i / factor), rows]);
  return { unitHours, counts: summed(counts) };
}

function summed(counts: readonly [number, number][]): [number, number][] {
  const rows = new Map<number, number>();
  for (const [interval, n] of counts) rows.set(interval, (rows.get(interval) ?? 0) + n);
  return [...rows].sort(([x], [y]) => x - y);
}
