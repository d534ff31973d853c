import { NumberAccumulator } from '../../../lib/domain/profile/number-accumulator.ts';
import { TextAccumulator } from '../../../lib/domain/profile/text-accumulator.ts';
import {
  AGE_EDGES,
  coarsenArrivals,
  emptyTimestamp,
  hourOfWeekOf,
  type TimestampProfile,
} from '../../../lib/domain/profile/timestamp-profile.ts';
import type { Random } from '../../../lib/domain/statistics/random/generator.ts';
import type { Family } from './replays.ts';

/** Columns whose form is profiled, not their values; nothing of them drifts. */
export const FORM_FAMILIES: readonly Family[] = [
  texts('free texts', (random) => sentence(4 + Math.floor(8 * random.uniform()), random)),
  texts('texts of templates', (random) => `Dear ${word(random)}, ${template(random)}`),
  times('times of rows, a day', 1, () => 0),
  times('times of rows, 7 days', 7, () => 0),
  times('times of rows, 10 days', 10, () => 0),
  times('times of rows, 30 days', 30, () => 0),
  times('bookings of a day', 1, lead),
  times('bookings of 7 days', 7, lead),
  times('bookings of 30 days', 30, lead),
];

/** Of what the reference has. */
const REFERENCE_DAYS = 182;

function texts(name: string, draw: (random: Random) => string): Family {
  const count = (rows: number, random: Random) => {
    const column = new TextAccumulator();
    for (let i = 0; i < rows; i++) column.add(draw(random));
    return column.profile();
  };
  return {
    name,
    reference: (n, random) => ({ column: count(n, random), binning: { kind: 'text' } }),
    window: (m, random) => count(m, random),
  };
}

const LETTERS = 'etaoinshrdlucmfwypvbgkjqxz';

/** Word k of 2,000 is about 1/k as common as the first. */
function word(random: Random): string {
  let k = Math.floor(2000 ** random.uniform());
  let letters = '';
  for (; k > 0; k = Math.floor(k / 7)) letters += LETTERS[(k * 11) % 26] as string;
  return `${letters}er`;
}

function sentence(words: number, random: Random): string {
  return Array.from({ length: words }, () => word(random)).join(' ');
}

/** Long texts, of which there are few: all their letters come together. */
function template(random: Random): string {
  const which = Math.floor(4 ** random.uniform());
  return `${LETTERS.slice(which, which + 20)} ${'your booking is kept '.repeat(which)}${sentence(2, random)}`;
}

const HOUR_MS = 3_600_000;
/** The start of a Thursday. */
const START_HOUR = 376_008;

/** Rows come by day more than by night, and less on weekends. */
function weightOf(hour: number): number {
  const ofWeek = hourOfWeekOf(hour);
  const byDay = 1 + 0.9 * Math.sin(((ofWeek % 24) - 8) * (Math.PI / 12));
  return ofWeek >= 120 ? byDay / 2 : byDay;
}

/** Hours between a booking and its row: two days in the middle, a month at times. */
function lead(random: Random): number {
  return 48 * Math.exp(random.normal());
}

function times(name: string, days: number, age: (random: Random) => number): Family {
  return {
    name,
    reference: (n, random) => ({
      column: countTimes(n, START_HOUR, REFERENCE_DAYS, age, random),
      binning: { kind: 'timestamp' },
    }),
    window: (m, random) => {
      const first = START_HOUR + 24 * (REFERENCE_DAYS + Math.floor(7 * random.uniform()));
      return countTimes(m, first, days, age, random);
    },
  };
}

function countTimes(
  rows: number,
  first: number,
  days: number,
  age: (random: Random) => number,
  random: Random,
): TimestampProfile {
  const column = {
    ...emptyTimestamp(),
    n: rows,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
  };
  const ages = new NumberAccumulator(AGE_EDGES);
  const arrivals = new Map<number, number>();
  const reached = cumulated(Array.from({ length: 24 * days }, (_, i) => weightOf(first + i)));
  for (let i = 0; i < rows; i++) {
    const hours = age(random);
    const row = first + reached(random.uniform()) + random.uniform();
    const time = row - hours;
    const hour = Math.floor(time);
    ages.addValues(Float64Array.of(hours), 0);
    column.min = Math.min(column.min, time * HOUR_MS);
    column.max = Math.max(column.max, time * HOUR_MS);
    const cell = hourOfWeekOf(hour);
    column.hourOfWeek[cell] = (column.hourOfWeek[cell] as number) + 1;
    arrivals.set(hour, (arrivals.get(hour) ?? 0) + 1);
  }
  const counts = [...arrivals].sort(([a], [b]) => a - b);
  return { ...column, age: ages.profile(), arrivals: coarsenArrivals({ unitHours: 1, counts }) };
}

/** The cell that a uniform number falls to. */
function cumulated(weights: readonly number[]): (u: number) => number {
  let sum = 0;
  const ends = weights.map((weight) => {
    sum += weight;
    return sum;
  });
  return (u) => {
    const at = ends.findIndex((end) => u * sum < end);
    return at < 0 ? ends.length - 1 : at;
  };
}
