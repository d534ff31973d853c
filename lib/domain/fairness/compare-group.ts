import { seededRandom } from '../statistics/random/generator.ts';
import { drawSides } from './draw-sides.ts';
import type { BiasComparison, BiasFinding, BiasVerdict } from './fairness-report.ts';
import type { GroupCounts } from './group-counts.ts';
import { type BiasMeasure, MEASURES } from './measures.ts';
import { labelled, rows, type Sides, sidesOf } from './sides.ts';

/** Enough that the 2.5 % point of a measure is the tenth of its draws. */
const DRAWS = 400;
/** The same draws every time: a verdict must not depend on when it is given. */
const SEED = 1;
/** Of a value beyond which two numbers of one meaning differ. */
const ROUNDING = 1e-12;

/**
 * Every bias measure of one group against all others of its column, with intervals from draws of the counts.
 *
 * Judged are measures with an allowed range: `outside` iff the whole interval lies outside it, `watch` iff only the value does,
 * `too-few-to-judge` when either side has fewer than `minRows` of the rows that the measure divides by.
 *
 * @example compareGroup(counts, 'f', 50).findings.find((f) => f.measure === 'DI') // { value: 0.63, lower: 0.52, upper: 0.74, verdict: 'outside', … }
 */
export function compareGroup(counts: GroupCounts, group: string, minRows: number): BiasComparison {
  const sides = sidesOf(counts, group);
  const random = seededRandom(SEED);
  const draws = Array.from({ length: DRAWS }, () => drawSides(sides, random));
  return {
    column: counts.column,
    group,
    rows: rows(sides.d),
    otherRows: rows(sides.a),
    labelled: labelled(sides.d),
    otherLabelled: labelled(sides.a),
    findings: MEASURES.map((measure) => findingOf(measure, sides, draws, minRows)),
  };
}

function findingOf(
  measure: BiasMeasure,
  sides: Sides,
  draws: readonly Sides[],
  minRows: number,
): BiasFinding {
  const value = measure.value(sides);
  const full = measure.fullSupport?.(sides);
  const range = value === undefined ? {} : rangeOf(value, draws.map(measure.value));
  const enough = Math.min(measure.base(sides.a), measure.base(sides.d)) >= minRows;
  const verdict = measure.allowed && verdictOf(enough ? value : undefined, range, measure.allowed);
  return {
    measure: measure.name,
    of: measure.of,
    ...(isNumber(value) ? { value } : value !== undefined && { infinite: true as const }),
    ...range,
    ...(isNumber(full) && differs(full, value) && { fullSupport: full }),
    ...(verdict && { verdict }),
  };
}

interface Range {
  readonly lower?: number;
  readonly upper?: number;
}

function rangeOf(value: number, values: readonly (number | undefined)[]): Range {
  const usable = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  if (usable.length < values.length) return {};
  const sorted = usable.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] as number;
  // Every draw has half a row of what the counts lack, so an infinite value has a finite range below it.
  const [low, high] = [at(0.025), at(0.975)];
  return Number.isFinite(value)
    ? { lower: Math.min(value, low), upper: Math.max(value, high) }
    : { lower: low, upper: high };
}

function verdictOf(
  value: number | undefined,
  { lower, upper }: Range,
  [lowest, highest]: readonly [number, number],
): BiasVerdict {
  if (value === undefined || lower === undefined || upper === undefined) return 'too-few-to-judge';
  if (upper < lowest || lower > highest) return 'outside';
  return value < lowest || value > highest ? 'watch' : 'within';
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}

function differs(a: number, b: number | undefined): boolean {
  return b === undefined || Math.abs(a - b) > ROUNDING;
}
