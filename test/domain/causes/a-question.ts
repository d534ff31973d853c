import type { CauseQuestion, WindowPart } from '../../../lib/domain/causes/question.ts';
import type { Binning } from '../../../lib/domain/profile/binning.ts';
import { mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import { emptyProfile, type Profile } from '../../../lib/domain/profile/profile.ts';
import { type ColumnSpec, specSchema } from '../../../lib/domain/spec.ts';
import { type ARow, aBinning, aProfile } from '../profile/a-profile.ts';

const DAY_MS = 86_400_000;
/** Forty edges: enough cells to tell a day that came twice. */
export const binning: Binning = aBinning(Array.from({ length: 40 }, (_, i) => i * 2.5));

/** Between 0 and 1, the same for the same arguments. */
export function chance(i: number, stream: number): number {
  const x = Math.sin(i * 12.9898 + stream * 78.233) * 43_758.5453;
  return x - Math.floor(x);
}

/** Rows of an ordinary day: `x` about 50 ± 14, `s` one of four. */
export function aDay(day: number, rows = 300): readonly ARow[] {
  return Array.from({ length: rows }, (_, i) => {
    const u = (stream: number) => chance(day * 1000 + i, stream);
    const x = 50 + 14 * (u(1) + u(2) + u(3) + u(4) - 2) * 1.73;
    return { x, s: u(5) < 0.4 ? 'AA' : u(5) < 0.7 ? 'UA' : u(5) < 0.9 ? 'DL' : 'HA' };
  });
}

export const dateOf = (day: number) => new Date(Date.UTC(2013, 0, 7) + day * DAY_MS).toISOString();

export function aPart(day: number, rows: readonly ARow[] = aDay(day)): WindowPart {
  return {
    start: dateOf(day),
    end: dateOf(day + 1),
    object: `compacted/m/${day}.parquet`,
    profile: aProfile(rows, `day-${day}`, binning),
  };
}

export const together = (profiles: readonly Profile[]) =>
  profiles.reduce(mergeProfiles, emptyProfile(binning));

const columns: readonly ColumnSpec[] = specSchema.shape.schema.shape.columns.parse([
  { name: 'x', type: 'number', unit: '°F' },
  { name: 's', type: 'string' },
]);

/** A week of days after eight good weeks; the first four of those are the reference, the others former windows. */
export function aQuestion(days: readonly WindowPart[], more: Partial<CauseQuestion> = {}): CauseQuestion {
  const good = Array.from({ length: 56 }, (_, day) => aPart(day));
  const week = (n: number) => together(good.slice(7 * n, 7 * n + 7).map((part) => part.profile));
  const profile = together(days.map((part) => part.profile));
  const now = Array.from({ length: 7 }, (_, i) => {
    const start = dateOf(56 + i);
    return { start, rows: days.find((part) => part.start === start)?.profile.rows ?? 0 };
  });
  return {
    window: {
      start: dateOf(56),
      end: dateOf(63),
      rows: profile.rows,
      verdict: 'stable',
      explanation: 'none moved',
      columns: [],
    },
    profile,
    parts: days,
    reference: together(good.slice(0, 28).map((part) => part.profile)),
    former: [4, 5, 6, 7].map(week),
    formerParts: good.slice(28).map((part) => part.profile),
    traffic: {
      unit: 'day',
      now,
      before: good.map((part) => ({ start: part.start, rows: part.profile.rows })),
    },
    findings: [],
    columns,
    minRows: 100,
    ...more,
  };
}

/** The days of the window, each as `change` makes it. */
export function aWeek(
  change: (rows: readonly ARow[], i: number) => readonly ARow[] = (rows) => rows,
): WindowPart[] {
  return Array.from({ length: 7 }, (_, i) => aPart(56 + i, change(aDay(56 + i), i)));
}
