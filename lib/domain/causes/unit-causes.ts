import { short } from '../figures.ts';
import type { NumericProfile } from '../profile/column-profile.ts';
import type { Profile } from '../profile/profile.ts';
import type { FoundCause } from './cause.ts';
import { type Moments, momentsOf, pooled } from './moments.ts';
import { badPart } from './part.ts';
import { type CauseQuestion, inputsOf, specColumn } from './question.ts';
import { changeAlong, type UnitChange, type UnitQuestion, unitChange } from './unit-change.ts';
import { nameOf } from './unit-maps.ts';

/** Columns that have come in another unit, those of one change together: a station that now sends °C sends all in °C. */
export function unitCauses(question: CauseQuestion): readonly FoundCause[] {
  const asked = unitQuestions(question);
  const certain = [...asked].flatMap(([name, ask]): Named[] => {
    const change = unitChange(ask) ?? weekOfChange(name, ask, question);
    return change ? [[name, change]] : [];
  });
  const along = [...asked].flatMap(([name, ask]): Named[] => {
    if (certain.some(([other]) => other === name)) return [];
    const leader = certain.find(([other]) => ask.unit !== undefined && asked.get(other)?.unit === ask.unit);
    const change = leader && changeAlong(ask, leader[1]);
    return change ? [[name, change]] : [];
  });
  return grouped([...certain, ...along]).map(([map, changes]) => causeOf(map, changes, question));
}

function unitQuestions(question: CauseQuestion): ReadonlyMap<string, UnitQuestion> {
  const { window, profile, reference, former, parts, columns, minRows } = question;
  const hours = (Date.parse(window.end) - Date.parse(window.start)) / HOUR_MS;
  return new Map(
    inputsOf(profile).flatMap(([name, column]): [string, UnitQuestion][] => {
      const before = reference.columns[name];
      if (column?.kind !== 'numeric' || before?.kind !== 'numeric' || before.n === 0) return [];
      const unit = specColumn(name, columns)?.unit;
      const ask: UnitQuestion = {
        reference: momentsOf(before),
        former: former.map((one) => numbers(one, name)).filter(({ n }) => n >= minRows),
        window: momentsOf(column),
        parts: parts.map((part) => numbers(part.profile, name)),
        positive: (before.min ?? 0) >= 0,
        hours,
        minRows,
        ...(unit !== undefined && { unit }),
      };
      return [[name, ask]];
    }),
  );
}

const HOUR_MS = 3_600_000;
const WEEK_DAYS = 7;

/**
 * Months differ by their season; the weeks before and after a change hardly do. So a longer window is also looked at week by week,
 * each against the weeks before it.
 */
function weekOfChange(name: string, ask: UnitQuestion, question: CauseQuestion): UnitChange | undefined {
  const { parts, formerParts } = question;
  if (ask.unit === undefined || parts.length < 2 * WEEK_DAYS || formerParts.length < 2 * WEEK_DAYS)
    return undefined;
  const weeks = weeksOf(formerParts.map((part) => numbers(part, name)));
  for (let i = 0; i + WEEK_DAYS <= ask.parts.length; i += WEEK_DAYS) {
    const days = ask.parts.slice(i, i + WEEK_DAYS);
    const [reference, ...former] = weeks;
    const week = pooled(days);
    if (week === undefined || reference === undefined) continue;
    const change = unitChange({
      ...ask,
      reference,
      former,
      window: week,
      parts: days,
      hours: 24 * WEEK_DAYS,
    });
    if (change) return { ...change, firstPart: i + change.firstPart };
    weeks.push(week);
  }
  return undefined;
}

/** Whole weeks, the newest last. */
function weeksOf(days: readonly Moments[]): Moments[] {
  const weeks: Moments[] = [];
  for (let end = days.length; end >= WEEK_DAYS; end -= WEEK_DAYS) {
    const week = pooled(days.slice(end - WEEK_DAYS, end));
    if (week) weeks.unshift(week);
  }
  return weeks;
}

const NOTHING: Moments = { n: 0, mean: 0, deviation: 0 };

function numbers(profile: Profile, name: string): Moments {
  const column = profile.columns[name] as NumericProfile | undefined;
  return column?.kind === 'numeric' ? momentsOf(column) : NOTHING;
}

type Named = readonly [column: string, change: UnitChange];

function grouped(found: readonly Named[]): readonly (readonly [string, readonly Named[]])[] {
  const groups = new Map<string, Named[]>();
  for (const [column, change] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const map = nameOf(change.map);
    groups.set(map, [...(groups.get(map) ?? []), [column, change]]);
  }
  return [...groups];
}

function causeOf(map: string, changes: readonly Named[], question: CauseQuestion): FoundCause {
  const first = Math.min(...changes.map(([, change]) => change.firstPart));
  const each = changes.map(([column, { found, readBack, expected }]) => {
    const reading = (moments: Moments) => `${short(moments.mean, 4)} ± ${short(moments.deviation)}`;
    return `${column} ${reading(found)} is ${reading(readBack)} read back, and was ${reading(expected)} before`;
  });
  const firstBad = badPart(question.parts[first]);
  return {
    cause: 'unit-changed',
    columns: changes.map(([column]) => column),
    evidence: `another unit (${map}): ${each.join('; ')}`,
    ...(firstBad && { firstBad }),
  };
}
