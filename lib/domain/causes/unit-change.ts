import { misfit, type Tolerance, toleranceOf, undone } from './misfit.ts';
import { type Moments, pooled } from './moments.ts';
import { type UnitMap, unitMapsOf, unitNamed } from './unit-maps.ts';

export interface UnitQuestion {
  readonly reference: Moments;
  /** Good windows before, oldest first. */
  readonly former: readonly Moments[];
  readonly window: Moments;
  /** The window's days, oldest first. */
  readonly parts: readonly Moments[];
  /** Whether the reference has no negative values. */
  readonly positive: boolean;
  /** As the spec gives it. */
  readonly unit?: string;
  /** How long the window is: an hour of weather is less like the next than a month is. */
  readonly hours: number;
  /** Fewest values that may be judged. */
  readonly minRows: number;
}

export interface UnitChange {
  readonly map: UnitMap;
  /** Of the values in the other unit, and read back in the old one. */
  readonly found: Moments;
  readonly readBack: Moments;
  /** What they are expected to look like: the nearer of reference and last good window. */
  readonly expected: Moments;
  /** Misfit as the values stand and read back. */
  readonly raw: number;
  readonly mapped: number;
  /** Index of the first part that is in the other unit, and how long it lasts. */
  readonly firstPart: number;
  readonly hours: number;
}

/**
 * Whether a column has come in another unit, for the whole window or from one of its parts on: the values as they stand are unlike
 * anything before, and read back through one of the usual changes of unit they are like before. Mean and spread must both agree,
 * which a season or a market does not make happen.
 *
 * Measured on the flights of 2013 (docs/decisions/0030): none of 5,720 pairs of real months is called a change of unit.
 *
 * @returns undefined when no reading is good enough, and for fewer than `minRows` values
 */
export function unitChange(question: UnitQuestion): UnitChange | undefined {
  return readings(question, unitMapsOf(question.unit)).filter((change) =>
    isEvidence(change, enoughFor(change.hours, question.unit)),
  )[0];
}

/**
 * The same of a neighbour whose change is known, in a column of the same unit: less is enough.
 *
 * @returns undefined when the column did not go along
 */
export function changeAlong(question: UnitQuestion, { map }: UnitChange): UnitChange | undefined {
  return readings(question, [map]).filter(
    ({ raw, mapped }) => mapped <= CLOSE && raw >= NEARER.times * mapped && raw - mapped >= ALONG,
  )[0];
}

/** What the window is like under each map, the best first; [] for a column that cannot be judged. */
function readings(question: UnitQuestion, maps: readonly UnitMap[]): readonly UnitChange[] {
  const { reference, former, positive } = question;
  if (!(reference.deviation > 0)) return [];
  const bursty = positive && reference.deviation > BURSTY * reference.mean;
  const past = [reference, ...former.filter(({ deviation }) => deviation > 0)];
  const tolerance = toleranceOf(past, positive);
  const expected = [reference, past.at(-1) as Moments];
  return candidates(question, maps, expected)
    .filter((candidate) => !bursty || candidate.hours >= MONTH_HOURS)
    .map((candidate) => read(candidate, expected, tolerance))
    .sort((a, b) => a.mapped - b.mapped);
}

/** Rain: a week of it may be ten times another's. Such columns are judged by the month. */
const BURSTY = 2;
const DAY_HOURS = 24;
const WEEK_HOURS = 168;
const MONTH_HOURS = 672;

/**
 * How much better the reading in another unit must be: by the week or more odds of 33 to 1, of a change that is a surprise to begin
 * with; shorter windows follow the weather, and what they need was measured until no real day or hour was called a change.
 */
function enoughFor(hours: number, unit: string | undefined): number {
  const enough = hours >= WEEK_HOURS ? 7 : hours >= DAY_HOURS ? 25 : 50;
  return unitNamed(unit) === undefined ? 3 * enough : enough;
}

/** Within two tolerances in mean and spread together. */
const CLOSE = 4;
/** For a column whose neighbour has changed. */
const ALONG = 2;
/** Farther than CLOSE, yet by far nearer than as it stands: a season on top of the change. */
const NEARER = { times: 4, misfit: 16, raw: 30 };
/** Nothing but another unit is a thousand times as large. */
const FAR = { times: 25, raw: 30 };

function isEvidence({ raw, mapped }: UnitChange, enough: number): boolean {
  if (raw < NEARER.times * mapped || raw - mapped < enough) return false;
  return (
    mapped <= CLOSE ||
    (mapped <= NEARER.misfit && raw >= NEARER.raw) ||
    (raw >= FAR.times * mapped && raw >= FAR.raw)
  );
}

interface Candidate {
  readonly map: UnitMap;
  readonly moments: Moments;
  readonly firstPart: number;
  readonly hours: number;
}

function candidates(
  { window, parts, hours, minRows }: UnitQuestion,
  maps: readonly UnitMap[],
  expected: readonly Moments[],
): readonly Candidate[] {
  return maps
    .flatMap((map): Candidate[] => {
      const run = longestRun(parts.map((part) => looksMapped(part, map, expected)));
      const some =
        run.length < parts.length ? pooled(parts.slice(run.start, run.start + run.length)) : undefined;
      const whole: Candidate = { map, moments: window, firstPart: 0, hours };
      const lasting = (hours * run.length) / parts.length;
      return some ? [whole, { map, moments: some, firstPart: run.start, hours: lasting }] : [whole];
    })
    .filter(({ moments }) => moments.n >= minRows && moments.deviation > 0);
}

function looksMapped(part: Moments, map: UnitMap, expected: readonly Moments[]): boolean {
  if (part.n === 0) return false;
  const shift = ({ mean }: Moments) =>
    Math.min(...expected.map((one) => Math.abs(mean - one.mean) / one.deviation));
  return shift(undone(part, map)) < shift(part);
}

function longestRun(flags: readonly boolean[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  flags.forEach((flag, i) => {
    if (!flag) start = i + 1;
    else if (i + 1 - start > longest.length) longest = { start, length: i + 1 - start };
  });
  return longest;
}

function read(
  { map, moments, firstPart, hours }: Candidate,
  expected: readonly Moments[],
  tolerance: Tolerance,
): UnitChange {
  const readBack = undone(moments, map);
  const near = [...expected].sort(
    (a, b) => misfit(readBack, [a], tolerance) - misfit(readBack, [b], tolerance),
  );
  return {
    map,
    found: moments,
    readBack,
    expected: near[0] as Moments,
    raw: misfit(moments, expected, tolerance),
    mapped: misfit(readBack, expected, tolerance),
    firstPart,
    hours,
  };
}
