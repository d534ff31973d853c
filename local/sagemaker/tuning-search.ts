import { createHash } from 'node:crypto';
import type { Range } from './parameter-ranges.ts';

/** Values of the tuned hyperparameters for one training job. */
export type Candidate = Readonly<Record<string, string>>;

const between = (range: Exclude<Range, { kind: 'categorical' }>, share: number): number => {
  const { min, max, scaling } = range;
  const along = (from: number, to: number) => from + share * (to - from);
  if (scaling === 'Logarithmic') return Math.exp(along(Math.log(min), Math.log(max)));
  if (scaling === 'ReverseLogarithmic') return 1 - Math.exp(along(Math.log(1 - min), Math.log(1 - max)));
  return along(min, max);
};

/** The value at `share` (0 to less than 1) of the range, on its scale, as a job takes it. */
export const valueAt = (range: Range, share: number): string => {
  if (range.kind === 'categorical') return range.values[Math.floor(share * range.values.length)] ?? '';
  const { kind, min, max, scaling } = range;
  // On a linear scale every integer is as likely, the ends too.
  const found =
    kind === 'integer' && scaling !== 'Logarithmic'
      ? min + Math.floor(share * (max - min + 1))
      : between(range, share);
  const value = kind === 'integer' ? Math.round(found) : found;
  return String(Math.min(Math.max(value, min), max));
};

/** How many different candidates there are; without end as soon as one range is continuous. */
export const combinations = (ranges: readonly Range[]): number =>
  ranges.reduce((product, range) => {
    if (range.kind === 'categorical') return product * range.values.length;
    if (range.min === range.max) return product;
    return range.kind === 'integer' ? product * (range.max - range.min + 1) : Number.POSITIVE_INFINITY;
  }, 1);

/** The same share for the same words, so that one seed gives one search. */
const shareOf = (...words: readonly (string | number)[]): number =>
  createHash('sha256').update(JSON.stringify(words)).digest().readUInt32BE(0) / 2 ** 32;

/** `count` different candidates, each drawn at random. There must be as many. */
export function* randomCandidates(
  ranges: readonly Range[],
  seed: string | number,
  count: number,
): Generator<Candidate> {
  const seen = new Set<string>();
  for (let draw = 0; seen.size < count; draw += 1) {
    const candidate = Object.fromEntries(
      ranges.map((range) => [range.name, valueAt(range, shareOf(seed, draw, range.name))]),
    );
    const key = JSON.stringify(candidate);
    if (seen.has(key)) continue;
    seen.add(key);
    yield candidate;
  }
}

/** Every combination of the categories, the last hyperparameter changing fastest. */
export function* gridCandidates(ranges: readonly Range[]): Generator<Candidate> {
  const [first, ...rest] = ranges;
  if (!first) return yield {};
  for (const value of first.kind === 'categorical' ? first.values : []) {
    for (const candidate of gridCandidates(rest)) yield { [first.name]: value, ...candidate };
  }
}
