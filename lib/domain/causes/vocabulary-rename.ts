import { percent } from '../figures.ts';
import type { CategoricalProfile } from '../profile/column-profile.ts';
import type { Profile } from '../profile/profile.ts';
import type { FoundCause } from './cause.ts';
import { badPart } from './part.ts';
import { type CauseQuestion, inputsOf } from './question.ts';

/** A value this rare (share of rows) may stay away by itself. */
const LEAST_SHARE = 0.02;
/** So many rows of a value must have been expected for its absence to say something: by chance it is e^-20. */
const LEAST_EXPECTED = 20;
/** A value has vanished when less than a twentieth of what was expected is left. */
const LEFT_OVER = 0.05;
/** How far the shares of old and new name may differ as a factor: a third, beside what chance adds. */
const SAME_MASS_LOG = Math.log(4 / 3);
/** More names than these in a sentence help nobody. */
const NAMED = 5;

/** Columns of which known values vanished while unknown ones of about the same mass came: the same things by another name. */
export function renamedVocabularies(question: CauseQuestion): readonly FoundCause[] {
  const { profile, parts, reference, former } = question;
  return inputsOf(profile).flatMap(([name]): FoundCause[] => {
    const known = [reference, ...former].map((one) => one.columns[name]).filter(isCategorical);
    const expected = former.at(-1) ?? reference;
    const renamed = renamedIn(profile, name, expected, known);
    const first = parts.find((part) => renamedIn(part.profile, name, expected, known).length > 0);
    const found = renamed.length > 0 || !first ? renamed : renamedIn(first.profile, name, expected, known);
    if (found.length === 0) return [];
    const firstBad = badPart(first ?? parts[0]);
    const pairs = found.slice(0, NAMED).map(({ from, to, share }) => `${from} → ${to} (${percent(share)})`);
    const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : '';
    return [
      {
        cause: 'vocabulary-renamed',
        columns: [name],
        evidence: `${name} has other names for its values: ${pairs.join(', ')}${more}`,
        ...(firstBad && { firstBad }),
      },
    ];
  });
}

interface Renamed {
  readonly from: string;
  readonly to: string;
  /** Share (0–1) of rows that the old name had. */
  readonly share: number;
}

function renamedIn(
  profile: Profile,
  name: string,
  expected: Profile,
  known: readonly CategoricalProfile[],
): readonly Renamed[] {
  const [now, before] = [profile.columns[name], expected.columns[name]];
  if (!isCategorical(now) || !isCategorical(before) || now.n === 0 || before.n === 0) return [];
  const counts = new Map(now.values);
  const seen = new Set(known.flatMap((column) => column.values.map(([value]) => value)));
  const vanished = before.values
    .map(([value, rows]) => ({ value, share: rows / before.n }))
    .filter(({ share }) => share >= LEAST_SHARE && share * now.n >= LEAST_EXPECTED)
    .filter(({ value, share }) => (counts.get(value) ?? 0) < LEFT_OVER * share * now.n)
    .sort((a, b) => b.share - a.share);
  const fresh = now.values
    .filter(([value, rows]) => !seen.has(value) && rows / now.n >= LEAST_SHARE / 2)
    .map(([value, rows]) => ({ value, share: rows / now.n }));
  return matched(vanished, fresh, now.n);
}

interface Mass {
  readonly value: string;
  readonly share: number;
}

/** Each old name with the new one that is most like it: the same letters first, then the nearest mass. */
function matched(vanished: readonly Mass[], fresh: readonly Mass[], rows: number): readonly Renamed[] {
  const free = new Set(fresh);
  const pairs: Renamed[] = [];
  for (const old of vanished) {
    const gap = (other: Mass) => Math.abs(Math.log(other.share / old.share));
    const near = [...free]
      .filter((other) => gap(other) <= SAME_MASS_LOG + 2 / Math.sqrt(old.share * rows))
      .sort((a, b) => Number(alike(b, old)) - Number(alike(a, old)) || gap(a) - gap(b))[0];
    if (near === undefined) continue;
    free.delete(near);
    pairs.push({ from: old.value, to: near.value, share: old.share });
  }
  return pairs;
}

function alike(a: Mass, b: Mass): boolean {
  const letters = ({ value }: Mass) => value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return letters(a) === letters(b);
}

function isCategorical(column: Profile['columns'][string] | undefined): column is CategoricalProfile {
  return column?.kind === 'categorical';
}
