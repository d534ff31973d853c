import type { Random } from '../statistics/random/generator.ts';
import { gammaDraw } from './gamma-draw.ts';
import { CELL_COUNTS, type GroupCell } from './group-counts.ts';
import { type Sides, sidesOf } from './sides.ts';

/** Jeffreys' half a row: a count of none does not know that there is none. */
const HALF_A_ROW = 0.5;

/**
 * The two sides as they may truly be, as weights of rows, given the counts alone: gamma draws, whose shares are a draw from the
 * posterior of the cells' shares. Labels are drawn beside the answers: no measure reads both.
 */
export function drawSides({ a, d, strata }: Sides, random: Random): Sides {
  // What no row of either side has is no possibility: unlabelled rows where all are labelled, for one.
  const possible = CELL_COUNTS.filter((name) => a[name] + d[name] > 0);
  const labels = [...new Set([...a.labels, ...d.labels].map(([label]) => label))].sort();
  const draw = (count: number) => gammaDraw(count + HALF_A_ROW, random);
  const drawn = (cell: GroupCell, group: string, within: string): GroupCell => {
    const known = new Map(cell.labels);
    return {
      ...cell,
      ...Object.fromEntries(possible.map((name) => [name, draw(cell[name])])),
      group,
      within,
      labels: labels.map((label) => [label, draw(known.get(label) ?? 0)]),
    };
  };
  const cells = strata.flatMap((stratum, i) => [
    drawn(stratum.d, 'd', String(i)),
    drawn(stratum.a, 'a', String(i)),
  ]);
  return sidesOf({ cells }, 'd');
}
