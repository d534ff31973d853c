import { percent, short } from '../figures.ts';
import { type NumericProfile, standardDeviation } from '../profile/column-profile.ts';
import { pointOf } from '../profile/edges.ts';
import { edgeText } from './sentence.ts';
import { type Stretch, stretchesOf } from './wasserstein.ts';

/** From this share of the distance on, a move against the larger one is said as well: the column widened or narrowed. */
const WORTH_A_WORD = 1 / 4;

/**
 * Where a numeric column's values went: the side on which at least half of the Wasserstein distance lies, cut as close as the
 * bins allow, and how much of the column lay and lies there. A column that moved both up and down has both said, and its spread.
 *
 * @param unit of the column, as the spec names it
 * @returns `mostly above 25 °C (16 % → 84 % of values, mean 12.1 → 25.4 °C)`, or of a column that widened
 * `both above 25 °C (16 % → 27 % of values) and below 15 °C (16 % → 27 % of values), standard deviation 5 → 8 °C`
 */
export function whereNumbersMoved(
  reference: NumericProfile,
  window: NumericProfile,
  edges: readonly number[],
  unit?: string,
): string {
  const of = unit === undefined ? '' : ` ${unit}`;
  const means = `mean ${short(reference.mean, 4)} → ${short(window.mean, 4)}${of}`;
  const stretches = stretchesOf(reference, window, edges);
  if (stretches.every(({ inside }) => inside.f === inside.g)) return `within its bins (${means})`;
  const [up, down] = [partOf(stretches, 1), partOf(stretches, -1)];
  const [larger, lesser] = up.area > down.area ? [up, down] : [down, up];
  const total = up.area + down.area;
  if (lesser.area < WORTH_A_WORD * total) {
    const { place, shares } = placeOf(larger, total / 2, stretches, edges, of);
    return `mostly ${place} (${shares}, ${means})`;
  }
  const [first, second] = [larger, lesser].map((part) => {
    const { place, shares } = placeOf(part, part.area / 2, stretches, edges, of);
    return `${place} (${shares})`;
  });
  const spread = [reference, window].map((column) => short(standardDeviation(column), 4));
  return `both ${first} and ${second}, standard deviation ${spread.join(' → ')}${of}`;
}

/** What moved up or down: its part of the distance, bin by bin. */
interface Part {
  readonly isUp: boolean;
  readonly areas: readonly number[];
  readonly area: number;
}

function partOf(stretches: readonly Stretch[], sign: 1 | -1): Part {
  const areas = stretches.map(({ area }) => Math.max(0, sign * area));
  return { isUp: sign === 1, areas, area: sum(areas) };
}

/** The side that it moved to, if that holds the wanted part of the distance; else the other one, which then does. */
function placeOf(
  { isUp, areas }: Part,
  wanted: number,
  stretches: readonly Stretch[],
  edges: readonly number[],
  unit: string,
): { readonly place: string; readonly shares: string } {
  const holdsAbove = (at: number) => sum(areas.slice(at + 1)) >= wanted;
  const holdsBelow = (at: number) => sum(areas.slice(0, at + 1)) >= wanted;
  const highest = edges.findLastIndex((_, at) => holdsAbove(at));
  const lowest = edges.findIndex((_, at) => holdsBelow(at));
  const isAbove = lowest < 0 || (isUp && highest >= 0);
  const at = withoutEmpty(isAbove ? highest : lowest, stretches);
  const inside = isAbove ? stretches.slice(at + 1) : stretches.slice(0, at + 1);
  const [before, after] = [
    sum(inside.map(({ inside }) => inside.f)),
    sum(inside.map(({ inside }) => inside.g)),
  ];
  return {
    place: `${sideName(edges, at, isAbove)}${unit}`,
    shares: `${percent(before)} → ${percent(after)} of values`,
  };
}

/** The same cut said by the last value below it, where only empty bins lie between that and the edge. */
function withoutEmpty(at: number, stretches: readonly Stretch[]): number {
  const isEmpty = ({ inside }: Stretch) => inside.f === 0 && inside.g === 0;
  const last = stretches.findLastIndex((stretch, bin) => bin <= at && !isEmpty(stretch));
  return last < 0 ? at : last;
}

function sideName(edges: readonly number[], at: number, isAbove: boolean): string {
  const point = pointOf(edges, at);
  const edge = edgeText(point ?? (edges[at] as number));
  if (!isAbove) return `${point === undefined ? 'below' : 'up to'} ${edge}`;
  const startsAtPoint = point === undefined && pointOf(edges, at + 1) !== undefined;
  return `${startsAtPoint ? 'from' : 'above'} ${edge}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
