import { z } from 'zod';

/** The longest expression that EventBridge Scheduler takes. */
const MAX_LENGTH = 256;

/**
 * When something is done again: an EventBridge Scheduler expression, `rate(1 hour)` or `cron(0 3 * * ? *)`, in UTC. What the
 * scheduler would refuse is refused here, where a person sees it.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const schedule = z
  .string()
  .max(MAX_LENGTH)
  .superRefine((text, ctx) => {
    const message = whyNoSchedule(text);
    if (message !== undefined) ctx.addIssue({ code: 'custom', message });
  });

function whyNoSchedule(text: string): string | undefined {
  const [, kind, inside = ''] = /^(rate|cron)\((.*)\)$/.exec(text) ?? [];
  if (kind === 'rate') return whyNoRate(inside);
  if (kind === 'cron') return whyNoCron(inside);
  return `must be rate(<number> <unit>) or cron(<six fields>), got ${text}`;
}

function whyNoRate(inside: string): string | undefined {
  if (/^(1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))$/.test(inside)) return undefined;
  return `must be as rate(1 hour) or rate(15 minutes), in minutes, hours or days, got rate(${inside})`;
}

interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Of its values, from `min` on. */
  readonly names?: readonly string[];
  /** What it may be as a whole beside a list of values, ranges and steps. */
  readonly also?: RegExp;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const DAY_OF_MONTH: CronField = {
  name: 'day of month',
  min: 1,
  max: 31,
  also: /^(\?|L|([1-9]|[12]\d|3[01])W)$/,
};
const DAY_OF_WEEK: CronField = {
  name: 'day of week',
  min: 1,
  max: 7,
  names: DAYS,
  also: /^(\?|[1-7]?L|[1-7]#[1-5])$/,
};
const CRON_FIELDS: readonly CronField[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  DAY_OF_MONTH,
  { name: 'month', min: 1, max: 12, names: MONTHS },
  DAY_OF_WEEK,
  { name: 'year', min: 1970, max: 2199 },
];

function whyNoCron(inside: string): string | undefined {
  const texts = inside.split(/ +/);
  if (texts.length !== CRON_FIELDS.length)
    return `must have six fields in cron(…), ${CRON_FIELDS.map(({ name }) => name).join(', ')}, got ${inside}`;
  const wrong = CRON_FIELDS.findIndex((field, i) => !isCronField(texts[i] ?? '', field));
  const field = CRON_FIELDS[wrong];
  if (field !== undefined)
    return `must have ${field.min}-${field.max} as ${field.name} in cron(…), got ${texts[wrong]}`;
  const open = [DAY_OF_MONTH, DAY_OF_WEEK].filter((day) => texts[CRON_FIELDS.indexOf(day)] === '?');
  if (open.length === 1) return undefined;
  return `must have ? as either day of month or day of week in cron(…), got ${inside}`;
}

function isCronField(text: string, field: CronField): boolean {
  return field.also?.test(text) === true || text.split(',').every((part) => isCronPart(part, field));
}

/** A value, a range of them or all, and perhaps the step between them. */
function isCronPart(part: string, field: CronField): boolean {
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0 || (step !== undefined && !isBetween(step, 1, field.max))) return false;
  if (range === '*') return true;
  const [first = Number.NaN, last = first, ...others] = range.split('-').map((end) => endOf(end, field));
  return others.length === 0 && first <= last;
}

/** An end of a range, NaN of what is none. */
function endOf(text: string, { min, max, names = [] }: CronField): number {
  if (names.includes(text)) return min + names.indexOf(text);
  return isBetween(text, min, max) ? Number(text) : Number.NaN;
}

function isBetween(text: string, min: number, max: number): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= min && Number(text) <= max;
}
