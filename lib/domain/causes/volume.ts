import type { Profile } from '../profile/profile.ts';
import { usualVolume } from '../statistics/volume-ratio.ts';
import type { FoundCause } from './cause.ts';
import { badPart, partFrom } from './part.ts';
import { type CauseQuestion, inputsOf, type RowsServed, type Traffic, type WindowPart } from './question.ts';

/** Fewest former parts of the same weekday (and hour) that make a median. */
const LEAST_HISTORY = 3;
/** Below half or above nearly twice the median, as data contracts usually set it. */
const MISSING_BELOW = 0.5;
const DUPLICATED_ABOVE = 1.8;
/** Of a count's own chance, √n: fewer rows than these deviations say nothing. */
const DEVIATIONS = 5;
/** Counts that all have a common divisor by chance: one in 2^24. */
const LEAST_CELLS = 24;
const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;

/**
 * Parts of the window that hold the same rows twice, or far fewer rows than that weekday (and hour) usually has. Rows that all
 * came twice are known by their counts, which are then all even: no history is needed for that.
 */
export function volumeFaults(question: CauseQuestion): readonly FoundCause[] {
  return [...duplicated(question), ...missing(question)];
}

function duplicated({ parts, reference, traffic }: CauseQuestion): readonly FoundCause[] {
  const copied = divisorOf(reference) === 1 ? parts.find((part) => divisorOf(part.profile) > 1) : undefined;
  if (copied) {
    const copies = divisorOf(copied.profile);
    const evidence = `${day(copied.start)} holds every row ${copies} times: all counts of its ${copied.profile.rows} rows are multiples of ${copies}`;
    return [volume('volume-duplicated', evidence, badPart(copied))];
  }
  const asked = withoutSilence(traffic);
  const first = asked.now
    .map((part) => ({ part, usual: usualRows(part, asked) }))
    .find(
      ({ part, usual }) =>
        usual !== undefined &&
        part.rows > DUPLICATED_ABOVE * usual &&
        part.rows - usual > DEVIATIONS * Math.sqrt(usual + 1),
    );
  if (!first) return [];
  return [
    volume('volume-duplicated', ratio(first.part, first.usual ?? 0), partAt(first.part, parts, traffic)),
  ];
}

function missing({ parts, traffic }: CauseQuestion): readonly FoundCause[] {
  const first = traffic.now
    .map((part) => ({ part, usual: usualRows(part, traffic) }))
    .find(
      ({ part, usual }) =>
        usual !== undefined &&
        part.rows < MISSING_BELOW * usual &&
        usual - part.rows > DEVIATIONS * Math.sqrt(usual + 1),
    );
  if (!first) return [];
  return [volume('volume-missing', ratio(first.part, first.usual ?? 0), partAt(first.part, parts, traffic))];
}

function volume(
  cause: 'volume-duplicated' | 'volume-missing',
  evidence: string,
  firstBad: FoundCause['firstBad'],
): FoundCause {
  return { cause, columns: [], evidence, ...(firstBad && { firstBad }) };
}

/** Days on which no one asked say nothing of how often a row comes: traffic that begins, or comes back after a pause, is not double. */
function withoutSilence({ unit, now, before }: Traffic): Traffic {
  const asked = ({ rows }: RowsServed) => rows > 0;
  return { unit, now: now.filter(asked), before: before.filter(asked) };
}

/** The median of the same hours of former weeks, and of this window's other weeks. */
function usualRows({ start }: RowsServed, { unit, now, before }: Traffic): number | undefined {
  const phase = phaseOf(start, unit);
  const rows = [...before, ...now]
    .filter((other) => other.start !== start && phaseOf(other.start, unit) === phase)
    .map((other) => other.rows);
  return rows.length < LEAST_HISTORY ? undefined : usualVolume(rows);
}

function phaseOf(start: string, unit: Traffic['unit']): number {
  const hours = Math.floor(Date.parse(start) / HOUR_MS) % WEEK_HOURS;
  return unit === 'hour' ? hours : Math.floor(hours / 24);
}

/** The largest number that divides all counts of the inputs; 1 when there are too few to tell. */
function divisorOf(profile: Profile): number {
  const counts = inputsOf(profile).map(([, column]) => {
    if (column?.kind === 'numeric') return column.bins.counts.filter((count) => count > 0);
    return column?.kind === 'categorical' ? column.values.map(([, rows]) => rows) : [];
  });
  if (Math.max(0, ...counts.map((cells) => cells.length)) < LEAST_CELLS) return 1;
  return counts.flat().reduce(greatestCommonDivisor, 0) || 1;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function ratio({ start, rows }: RowsServed, usual: number): string {
  if (rows === 0) return `${day(start)} has no rows, where the same weekday usually has ${usual}`;
  return `${day(start)} has ${rows} rows, ${(rows / usual).toFixed(2)} of the ${usual} that the same weekday usually has`;
}

function partAt(
  { start }: RowsServed,
  parts: readonly WindowPart[],
  { unit }: Traffic,
): FoundCause['firstBad'] {
  return badPart(parts.find((part) => part.start === start)) ?? partFrom(start, unit);
}

function day(start: string): string {
  return start.endsWith('T00:00:00.000Z') ? start.slice(0, 10) : `${start.slice(0, 13)}h`;
}
