import type { NumericProfile } from '../profile/column-profile.ts';
import type { Profile } from '../profile/profile.ts';
import type { FoundCause } from './cause.ts';
import { short } from './figures.ts';
import { type Moments, momentsOf } from './moments.ts';
import { badPart } from './part.ts';
import { type CauseQuestion, inputsOf, specColumn } from './question.ts';
import { followsChange, readingOf, type UnitChange, type UnitQuestion, unitChange } from './unit-change.ts';
import { nameOf } from './unit-maps.ts';

/** Columns that have come in another unit, those of one change together: a station that now sends °C sends all in °C. */
export function unitCauses(question: CauseQuestion): readonly FoundCause[] {
  const asked = unitQuestions(question);
  const found = new Map<string, UnitChange>();
  for (const [name, ask] of asked) {
    const change = unitChange(ask);
    if (change) found.set(name, change);
  }
  const certain = [...found];
  for (const [name, ask] of asked) {
    if (found.has(name)) continue;
    const leader = certain.find(([other]) => ask.unit !== undefined && asked.get(other)?.unit === ask.unit);
    const change = leader && readingOf(ask, leader[1].map);
    if (change && followsChange(change)) found.set(name, change);
  }
  return grouped(found).map(([map, changes]) => causeOf(map, changes, question));
}

function unitQuestions(question: CauseQuestion): ReadonlyMap<string, UnitQuestion> {
  const { profile, reference, former, parts, columns, minRows } = question;
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
        minRows,
        ...(unit !== undefined && { unit }),
      };
      return [[name, ask]];
    }),
  );
}

const NOTHING: Moments = { n: 0, mean: 0, deviation: 0 };

function numbers(profile: Profile, name: string): Moments {
  const column = profile.columns[name] as NumericProfile | undefined;
  return column?.kind === 'numeric' ? momentsOf(column) : NOTHING;
}

type Named = readonly [column: string, change: UnitChange];

function grouped(found: ReadonlyMap<string, UnitChange>): readonly (readonly [string, readonly Named[]])[] {
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
