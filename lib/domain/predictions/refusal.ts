import { eventTimeIssue, eventTimeOf } from './event-time.ts';
import type { RowProblem } from './row-check.ts';

/** A call that predict refused because of what is in its rows, counted so that monitoring sees it: none of them was served. */
export interface Refusal {
  /** Of its first row that says one, but never later than receipt; ISO 8601 UTC. */
  readonly eventTime: string;
  readonly receivedAt: string;
  /** All rows of the call. */
  readonly rows: number;
  /** Most rows first. */
  readonly problems: readonly CountedProblem[];
}

/** One rule that rows of a call break in one column. */
export interface CountedProblem {
  readonly rule: string;
  /** Absent where a row is no row at all. */
  readonly column?: string;
  readonly rows: number;
  /** What the caller was told of the first of these rows, the value shown short. */
  readonly message: string;
  /** Its place in the call, from 1, and its value; absent where there is none. */
  readonly example?: { readonly row: number; readonly value: string };
}

/** Columns of a spec break one rule each; more than these are names that somebody made up. */
const MOST_PROBLEMS = 50;

/**
 * Counts the problems of a refused call by rule and column.
 *
 * @param problems at least one
 * @param timeColumn undefined where a model's rows have no time of their own
 * @param receivedAt ISO 8601 UTC
 * @example refusalOf([{ temp: 'warm' }], rowCheck(spec)([{ temp: 'warm' }], now), undefined, now).problems[0]?.rule // 'float-type-string-not-float'
 */
export function refusalOf(
  rows: readonly unknown[],
  problems: readonly RowProblem[],
  timeColumn: string | undefined,
  receivedAt: string,
): Refusal {
  const groups = Map.groupBy(problems, ({ rule, column }) => JSON.stringify([rule, column]));
  const counted = [...groups.values()].map(counts).sort((a, b) => b.rows - a.rows);
  return {
    eventTime: eventTime(rows, timeColumn, receivedAt),
    receivedAt,
    rows: rows.length,
    problems: counted.slice(0, MOST_PROBLEMS),
  };
}

function counts(problems: readonly RowProblem[]): CountedProblem {
  const { rule, column, message, row, value } = problems[0] as RowProblem;
  return {
    rule,
    ...(column !== undefined && { column }),
    rows: problems.length,
    message,
    ...(value !== undefined && { example: { row: row + 1, value } }),
  };
}

function eventTime(rows: readonly unknown[], timeColumn: string | undefined, receivedAt: string): string {
  if (timeColumn === undefined) return receivedAt;
  for (const row of rows) {
    const time = eventTimeOf((row as Readonly<Record<string, unknown>> | null)?.[timeColumn]);
    if (time !== undefined && eventTimeIssue(time, receivedAt) === undefined)
      return time < receivedAt ? time : receivedAt;
  }
  return receivedAt;
}
