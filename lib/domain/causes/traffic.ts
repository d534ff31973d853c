import { datesOf } from '../monitoring/served-day.ts';
import type { DriftWindow } from '../registry/window.ts';
import type { RowsServed, Traffic } from './question.ts';

/** Two months hold every weekday eight times, and forget how much was asked a year ago. */
export const LOOKBACK_DAYS = 56;
const DAY_MS = 86_400_000;

/** Rows of one version's compacted day. */
export interface DayRows {
  readonly date: string;
  readonly rows: number;
}

/**
 * A model's rows a day around a window, all versions together. A day without rows counts as none once the model has served at all.
 *
 * @param days of all versions, any order
 */
export function trafficByDay(window: Pick<DriftWindow, 'start' | 'end'>, days: readonly DayRows[]): Traffic {
  const rows = new Map<string, number>();
  for (const day of days) rows.set(day.date, (rows.get(day.date) ?? 0) + day.rows);
  const first = [...rows.keys()].sort()[0];
  const since = new Date(Date.parse(window.start) - LOOKBACK_DAYS * DAY_MS).toISOString();
  const served = (span: { start: string; end: string }): readonly RowsServed[] =>
    datesOf(span)
      .filter((date) => first !== undefined && date >= first)
      .map((date) => ({ start: `${date}T00:00:00.000Z`, rows: rows.get(date) ?? 0 }));
  return { unit: 'day', now: served(window), before: served({ start: since, end: window.start }) };
}

/**
 * The same by hour, for windows of an hour.
 *
 * @param windows drift windows of all versions, any order
 */
export function trafficByHour(
  { start }: Pick<DriftWindow, 'start'>,
  windows: readonly Pick<DriftWindow, 'start' | 'rows'>[],
): Traffic {
  const rows = new Map<string, number>();
  for (const window of windows) rows.set(window.start, (rows.get(window.start) ?? 0) + window.rows);
  const since = new Date(Date.parse(start) - LOOKBACK_DAYS * DAY_MS).toISOString();
  const hours = [...rows].map(([hour, of]) => ({ start: hour, rows: of }));
  return {
    unit: 'hour',
    now: hours.filter((hour) => hour.start === start),
    before: hours.filter((hour) => hour.start < start && hour.start >= since),
  };
}
