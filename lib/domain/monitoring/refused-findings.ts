import { percent } from '../figures.ts';
import { aliasOf, type Finding } from '../findings.ts';
import type { CountedProblem } from '../predictions/refusal.ts';
import { wilsonBounds } from '../statistics/proportion-interval.ts';
import type { RefusedCall, RefusedHour } from './refused-hour.ts';

/** Fewer rows are somebody's trial. */
const LEAST_ROWS = 30;
/** As with values that stay away: a share of a whole window that is a matter for people, and the larger one of a single day or hour. */
const LEAST_SHARE = 0.05;
const LEAST_SHARE_OF_SLICE = 0.25;
const MOST_EXAMPLES = 5;

/** Rows that were served in a slice of the window, a day or an hour. */
export interface ServedRows {
  /** ISO 8601 UTC. */
  readonly start: string;
  readonly rows: number;
}

export interface RefusedQuestion {
  readonly hours: readonly RefusedHour[];
  readonly served: readonly ServedRows[];
  /** How long a slice is. */
  readonly slice: 'hour' | 'day';
}

/**
 * What predict found wrong with the rows that it refused in a window, by rule and column. A share is of all rows that were asked. It is
 * an error where it is surely large in the whole window or in one of its slices, and names a call of the first slice that shows it;
 * a few refused calls are a warning: one caller who is confused is no fault of the data.
 *
 * @returns errors first, most rows first
 * @example refusedFindings({ hours, served: [], slice: 'day' })[0]?.rule // 'float-type-string-not-float'
 */
export function refusedFindings({ hours, served, slice }: RefusedQuestion): readonly Finding[] {
  const broken = hours.flatMap((hour) => brokenIn(hour, slice));
  const asked = rowsAsked({ hours, served, slice });
  const groups = Map.groupBy(broken, ({ rule, column }) => JSON.stringify([rule, column]));
  return [...groups.values()]
    .map((group) => finding(group, asked))
    .sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error') || b.rows - a.rows);
}

/** A problem of one call, with the rows that it stands for. */
interface Broken extends CountedProblem {
  readonly slice: string;
  readonly object: string;
}

function brokenIn(hour: RefusedHour, slice: RefusedQuestion['slice']): readonly Broken[] {
  const start = sliceOf(hour, slice);
  return hour.read.flatMap(({ object, problems }) =>
    problems.map((problem) => ({ ...problem, rows: problem.rows * weight(hour), slice: start, object })),
  );
}

/** So many calls of the hour does one that was read stand for. */
function weight({ calls, read }: RefusedHour): number {
  return calls / Math.max(1, read.length);
}

function sliceOf({ hour }: RefusedHour, slice: RefusedQuestion['slice']): string {
  return slice === 'hour' ? `${hour}:00:00.000Z` : `${hour.slice(0, 10)}T00:00:00.000Z`;
}

type Asked = ReadonlyMap<string, number>;

/** Rows by slice: served, or in a call that was refused. */
function rowsAsked({ hours, served, slice }: RefusedQuestion): Asked {
  const asked = new Map(served.map(({ start, rows }) => [start, rows]));
  for (const hour of hours) {
    const start = sliceOf(hour, slice);
    const refused = sum(hour.read.map((call: RefusedCall) => call.rows)) * weight(hour);
    asked.set(start, (asked.get(start) ?? 0) + refused);
  }
  return asked;
}

function finding(broken: readonly Broken[], asked: Asked): Finding & { readonly rows: number } {
  const { rule, column, message } = broken[0] as Broken;
  const slices = Map.groupBy(broken, ({ slice }) => slice);
  const bad = [...slices].filter(([start, of]) => isLarge(of, asked.get(start) ?? 0, LEAST_SHARE_OF_SLICE));
  const total = sum([...asked.values()]);
  const first = bad.flatMap(([, of]) => of)[0] ?? broken[0];
  const [rows, of] = counts(broken, total);
  const subject = column === undefined ? 'a row' : `column ${column}`;
  return {
    rule,
    ...aliasOf(rule),
    ...(column !== undefined && { column }),
    ...(first && { object: first.object }),
    severity: bad.length > 0 || isLarge(broken, total, LEAST_SHARE) ? 'error' : 'warning',
    rows,
    share: rows / of,
    interval: wilsonBounds(rows, of),
    message: `${subject} ${message} in ${rows} of ${of} rows asked (${percent(rows / of)}), which predict refused`,
    ...examplesOf(broken),
  };
}

function isLarge(broken: readonly Broken[], asked: number, share: number): boolean {
  const [rows, of] = counts(broken, asked);
  return rows >= LEAST_ROWS && wilsonBounds(rows, of)[0] >= share;
}

function examplesOf(broken: readonly Broken[]): Pick<Finding, 'examples'> {
  const examples = broken.flatMap(({ example }) => example ?? []).slice(0, MOST_EXAMPLES);
  return examples.length === 0 ? {} : { examples };
}

/** Whole rows that are broken, of whole rows that were asked. */
function counts(broken: readonly Broken[], asked: number): readonly [number, number] {
  const rows = Math.round(sum(broken.map((one) => one.rows)));
  return [rows, Math.max(rows, Math.round(asked))];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
