import { percent } from '../figures.ts';
import { type ColumnProfile, missingOf } from '../profile/column-profile.ts';
import type { Profile } from '../profile/profile.ts';
import type { FoundCause } from './cause.ts';
import { badPart } from './part.ts';
import { type CauseQuestion, inputsOf, specColumn, type WindowPart } from './question.ts';

/** Less than this share of rows more without a value is a matter for the verdicts, not for an incident. */
const LEAST_RISE = 0.05;
/** Of a single day a sensor may lose an hour or two, and the spec says what else is usual; a quarter of its rows is an outage. */
const LEAST_RISE_OF_PART = 0.25;
/** Odds of having no value grow fourfold: 2 % to 8 %, 20 % to 50 %, 70 % to 90 %. Real months differ by up to three. */
const ODDS = 4;
/** A column that always had its values is taken to have lost one in two hundred: odds need something to grow from. */
const LEAST_SHARE = 0.005;
/** What chance adds to a count is its root; beyond five of them it is not chance, in however many columns one looks. */
const DEVIATIONS = 5;
/** Days differ more than months; so many must be known before one of them can stand out. */
const PARTS_TO_KNOW = 10;
/** Of what the days before show: one in twenty may have been bad itself. */
const USUAL_RANK = 0.95;

/**
 * Columns whose values stay away, in the whole window or on one of its days: null, NaN, infinite or an empty text. Columns that
 * lose their values together (a source that fell silent) are one cause.
 */
export function nullSurges(question: CauseQuestion): readonly FoundCause[] {
  const { profile, parts, reference, former, formerParts, minRows } = question;
  const bad = inputsOf(profile).flatMap(([name]): Surge[] => {
    const base = Math.max(...[reference, ...former].map((one) => shareMissing(one, name)));
    const usual = formerParts.length < PARTS_TO_KNOW ? undefined : usualShare(formerParts, name);
    const isBad = (part: WindowPart) =>
      usual !== undefined &&
      surged(part.profile, name, Math.max(base, usual, allowed(name, question)), LEAST_RISE_OF_PART);
    const whole = profile.rows >= minRows && surged(profile, name, base);
    const first = whole ? parts.find((part) => surged(part.profile, name, base)) : parts.find(isBad);
    if (!whole && first === undefined) return [];
    const share = shareMissing(whole || !first ? profile : first.profile, name);
    return [{ name, base, share, first: first ?? parts[0] }];
  });
  return grouped(bad).map(causeOf);
}

interface Surge {
  readonly name: string;
  readonly base: number;
  readonly share: number;
  readonly first: WindowPart | undefined;
}

function causeOf(surges: readonly Surge[]): FoundCause {
  const firstBad = badPart(surges[0]?.first);
  const each = surges.map(
    ({ name, base, share }) => `${name} ${percent(share)} (at most ${percent(base)} before)`,
  );
  return {
    cause: 'null-surge',
    columns: surges.map(({ name }) => name),
    evidence: `rows without a value: ${each.join(', ')}`,
    ...(firstBad && { firstBad }),
  };
}

/** Those that begin on the same day are one. */
function grouped(surges: readonly Surge[]): readonly (readonly Surge[])[] {
  const groups = new Map<string, Surge[]>();
  for (const surge of surges) {
    const start = surge.first?.start ?? '';
    groups.set(start, [...(groups.get(start) ?? []), surge]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** Share (0–1) of nulls that the spec takes for granted. */
function allowed(name: string, { columns }: CauseQuestion): number {
  return specColumn(name, columns)?.maxNullShare ?? 0;
}

function surged(profile: Profile, name: string, before: number, rise = LEAST_RISE): boolean {
  const [share, base] = [shareMissing(profile, name), Math.max(before, LEAST_SHARE)];
  if (share < base + rise) return false;
  const chance = Math.sqrt(profile.rows * base * (1 - Math.min(1, base)) + 1);
  if (profile.rows * (share - base) < DEVIATIONS * chance) return false;
  return share >= 1 || share / (1 - share) >= (ODDS * base) / (1 - base);
}

function usualShare(parts: readonly Profile[], name: string): number {
  const shares = parts.map((part) => shareMissing(part, name)).sort((a, b) => a - b);
  return shares[Math.ceil(USUAL_RANK * shares.length) - 1] ?? 0;
}

/** Share (0–1) of rows that have no usable value; 0 without rows. */
function shareMissing({ columns, rows }: Profile, name: string): number {
  const column: ColumnProfile | undefined = columns[name];
  if (column === undefined || rows === 0) return 0;
  const empty = 'empty' in column.counts ? column.counts.empty : 0;
  return (missingOf(column) + empty) / rows;
}
