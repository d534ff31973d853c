import { percent } from '../figures.ts';
import { AGE_EDGES, type TimestampProfile } from '../profile/timestamp-profile.ts';
import { question, shareQuestion } from './ask-categories.ts';
import { askNumbers } from './ask-numbers.ts';
import { daysFilled } from './days-filled.ts';
import type { Question } from './question.ts';
import { changesMuch, fewestForRate, type Rate, rateEffect } from './rate-effect.ts';
import { whichSharesMoved } from './sentence.ts';
import { FUTURE_CHANGE_AT_ANY_RATIO, FUTURE_SHARE } from './thresholds.ts';

const HOUR_MS = 3_600_000;
const HOURS_OF_DAY = 24;
/** Of fewer days some weekdays come more often than others: in ten days three come twice, which alone is a change of 0.12. */
const DAYS_OF_SOME_WEEKS = 21;
/** Times of less than half a day lie in few hours of the day, whichever they are, and say nothing of the others. */
const LEAST_SPAN_MS = 12 * HOUR_MS;

/**
 * Whether times are as old as they were when their rows came, at which hours they lie, and how many have not come yet: the time
 * itself always moves on. Age is asked first, and only of rows that have a time of their own.
 */
export function askTimes(
  reference: TimestampProfile,
  window: TimestampProfile,
  threshold: number,
): readonly Question[] {
  const hours = askHours(reference, window, threshold);
  const ages = reference.age.n > 0 && window.age.n > 0;
  return [...(ages ? [askAge(reference, window, threshold)] : []), hours, askFuture(reference, window)];
}

function askAge(reference: TimestampProfile, window: TimestampProfile, threshold: number): Question {
  const unit = 'hours old';
  const asked = askNumbers({
    reference: reference.age,
    window: window.age,
    edges: AGE_EDGES,
    threshold,
    unit,
  });
  return { ...asked, aspect: 'age' };
}

/** Weekdays are compared over some weeks, the hours of the day over less. */
function askHours(reference: TimestampProfile, window: TimestampProfile, threshold: number): Question {
  const span = (window.max ?? 0) - (window.min ?? 0);
  const week = Math.min(daysFilled(reference), daysFilled(window)) >= DAYS_OF_SOME_WEEKS;
  const fold = (hours: readonly number[]) => (week ? hours : hoursOfDay(hours));
  const cells = { reference: fold(reference.hourOfWeek), window: fold(window.hourOfWeek) };
  const names = cells.window.map((_, i) => (week ? hourOfWeek(i) : `${i} h`));
  const asked = shareQuestion('values', cells, threshold, () =>
    whichSharesMoved(names, cells.reference, cells.window),
  );
  if (span >= LEAST_SPAN_MS || window.n === 0) return asked;
  const { effect: _, ...unmeasured } = asked;
  const fewest = Number.POSITIVE_INFINITY;
  return { ...unmeasured, fewest, sentence: () => 'spans too few hours to compare those of the day' };
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function hourOfWeek(hour: number): string {
  return `${DAYS[Math.floor(hour / HOURS_OF_DAY)]} ${hour % HOURS_OF_DAY} h`;
}

function hoursOfDay(hours: readonly number[]): readonly number[] {
  const cells = new Array<number>(HOURS_OF_DAY).fill(0);
  hours.forEach((count, i) => {
    cells[i % HOURS_OF_DAY] = (cells[i % HOURS_OF_DAY] as number) + count;
  });
  return cells;
}

/** A departure lies in the future of its booking: what counts is how many did before. */
function askFuture(reference: TimestampProfile, window: TimestampProfile): Question {
  const rate = ({ future, n }: TimestampProfile): Rate => ({ having: future, rows: n });
  const [before, after] = [rate(reference), rate(window)];
  const threshold = changesMuch(before, after) ? FUTURE_SHARE : FUTURE_CHANGE_AT_ANY_RATIO;
  const share = ({ having, rows }: Rate) => percent(having / Math.max(1, rows));
  return question({
    aspect: 'future',
    statistic: 'future-share',
    threshold,
    values: after.rows,
    fewest: fewestForRate(before, threshold),
    effect: rateEffect('future-share', before, after),
    otherwise: 'insufficient-data',
    sentence: () => `lies in the future in ${share(after)} of rows, did in ${share(before)}`,
  });
}
