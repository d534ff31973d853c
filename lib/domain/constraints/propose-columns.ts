import type { z } from 'zod';
import { percent } from '../figures.ts';
import type { column } from '../spec/columns.ts';
import type { constraint } from '../spec/constraints.ts';
import { wilsonBounds } from '../statistics/proportion-interval.ts';
import { type ColumnFacts, MAX_LISTED } from './column-facts.ts';

/** A column or a constraint as a spec may state it, and the evidence for each thing that it says. */
export interface Proposed<T> {
  readonly wanted: T;
  readonly because: readonly string[];
}

export interface ColumnProposal {
  readonly column: Proposed<z.input<typeof column>>;
  readonly constraints: readonly Proposed<z.input<typeof constraint>>[];
}

/** Deequ's limits: below this completeness nothing is said of nulls; a vocabulary needs values that repeat, all of them or most of the rows. */
const LEAST_COMPLETENESS = 0.2;
const MAX_SINGLES_OF_VOCABULARY = 0.1;
const MAX_SINGLES_OF_COMMON_VALUES = 0.4;
const COMMON_SHARE = 0.9;
/** Characters that a spec's vocabulary holds. */
const MAX_VALUE_LENGTH = 256;

/**
 * What a spec may ask of a column, by the rules of Deequ's constraint suggestion: completeness, type, vocabulary, most common values,
 * no negative numbers, and, beyond them, keys and texts of one length. Shares are bounded by Wilson's 95 % interval, which is not rounded.
 *
 * @param facts of at least one row
 * @see Deequ `ConstraintSuggestionRunner`, rules CompleteIfComplete, RetainCompleteness, RetainType, CategoricalRange,
 * FractionalCategoricalRange, NonNegativeNumbers, UniqueIfApproximatelyUnique (here: if exactly unique)
 * @example proposeColumn(temp).column.wanted // { name: 'temp', type: 'number', nullable: true, maxNullShare: 0.0213… }
 */
export function proposeColumn(facts: ColumnFacts): ColumnProposal {
  const parts = [completeness(facts), nonNegative(facts), vocabulary(facts)];
  const wanted = Object.assign({ name: facts.name, type: facts.type }, ...parts.map((part) => part.wanted));
  return {
    column: { wanted, because: parts.flatMap((part) => part.because) },
    constraints: [...typeConstraint(facts), ...commonValues(facts), ...oneLength(facts), ...key(facts)],
  };
}

type Fields = Proposed<Partial<z.input<typeof column>>>;

const NOTHING: Fields = { wanted: {}, because: [] };

function completeness({ rows, nulls, notFinite }: ColumnFacts): Fields {
  // NaN and infinities may be as frequent as nulls; what is proposed must accept the file that proposed it.
  const there = rows - Math.max(nulls, notFinite);
  const seen = `there in ${of(there, rows)} rows`;
  if (there === rows) return { wanted: {}, because: [`complete in ${of(rows, rows)} rows`] };
  if (there / rows <= LEAST_COMPLETENESS) return { wanted: { nullable: true }, because: [seen] };
  const [least] = wilsonBounds(there, rows);
  return {
    wanted: { nullable: true, maxNullShare: 1 - least },
    because: [`${seen}; of others at least ${percent(least, 4)} would be (95 %)`],
  };
}

function nonNegative({ type, min, max }: ColumnFacts): Fields {
  if ((type !== 'number' && type !== 'integer') || min === undefined) return NOTHING;
  const seen = `from ${min} to ${max}`;
  return min >= 0
    ? { wanted: { min: 0 }, because: [`never negative: ${seen}`] }
    : { wanted: {}, because: [seen] };
}

function vocabulary(facts: ColumnFacts): Fields {
  if (!isListed(facts)) return NOTHING;
  const { commonest, distinct, singles, values } = facts.sample;
  const seen = `${count(distinct)} values in ${count(values)} rows, ${count(singles)} of them once`;
  return { wanted: { values: commonest.map(({ value }) => value) }, because: [seen] };
}

function isListed({ type, sample }: ColumnFacts): boolean {
  const { distinct, singles } = sample;
  return (
    type === 'string' &&
    distinct > 0 &&
    distinct <= MAX_LISTED &&
    singles / distinct <= MAX_SINGLES_OF_VOCABULARY &&
    sample.commonest.every(({ value }) => value.length <= MAX_VALUE_LENGTH)
  );
}

type Constraints = ColumnProposal['constraints'];

function typeConstraint({ name, type, rows, mismatches }: ColumnFacts): Constraints {
  if (mismatches === 0) return [];
  const [, most] = wilsonBounds(mismatches, rows);
  const because = [
    `no ${type} in ${of(mismatches, rows)} rows; of others at most ${percent(most, 4)} would be (95 %)`,
  ];
  return [{ wanted: { id: id(name, 'type'), kind: 'type', column: name, tolerance: most }, because }];
}

function commonValues(facts: ColumnFacts): Constraints {
  const { name, type, sample } = facts;
  const { commonest, distinct, singles, values } = sample;
  if (type !== 'string' || isListed(facts) || distinct > MAX_LISTED) return [];
  if (distinct === 0 || singles / distinct > MAX_SINGLES_OF_COMMON_VALUES) return [];
  if (commonest.some(({ value }) => value.length > MAX_VALUE_LENGTH)) return [];
  const listed: string[] = [];
  let covered = 0;
  for (const { value, rows } of commonest) {
    if (covered / values >= COMMON_SHARE) break;
    listed.push(value);
    covered += rows;
  }
  const [least] = wilsonBounds(covered, values);
  const because = [
    `one of ${listed.length} values in ${of(covered, values)} rows; of others at least ${percent(least, 4)} would be (95 %)`,
  ];
  const wanted = { id: id(name, 'common'), kind: 'vocabulary', column: name, values: listed } as const;
  return [{ wanted: { ...wanted, tolerance: 1 - least }, because }];
}

function oneLength(facts: ColumnFacts): Constraints {
  const { name, type, min, max, rows, nulls } = facts;
  if (type !== 'string' || min === undefined || min !== max || isListed(facts)) return [];
  const because = [`${min} characters in ${of(rows - nulls, rows)} rows`];
  return [{ wanted: { id: id(name, 'length'), kind: 'length', column: name, min, max }, because }];
}

/** A sample without repeats does not show that there are none, so only a column that was looked at whole is called a key. */
function key({ name, type, rows, nulls, sample }: ColumnFacts): Constraints {
  const whole = nulls === 0 && sample.values === rows && sample.distinct === rows;
  if (!whole || rows < 2 || (type !== 'string' && type !== 'integer')) return [];
  const because = [`${of(rows, rows)} values differ`];
  return [{ wanted: { id: id(name, 'unique'), kind: 'unique', columns: [name] }, because }];
}

function id(name: string, what: string): string {
  const words = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return `${words}-${what}`.slice(-63).replace(/^[^a-z]+/, '');
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}

function of(n: number, rows: number): string {
  return `${count(n)} of ${count(rows)}`;
}
