import { HUGE } from './huge-values.ts';

/** Mean of the first `filled` values, of those that are finite and not huge; NaN when there are none. */
export function meanOf(values: Float64Array, filled: number): number {
  let [sum, n] = [0, 0];
  for (let i = 0; i < filled; i++) {
    const x = values[i] as number;
    if (!(Math.abs(x) <= HUGE)) continue;
    sum += x;
    n++;
  }
  return sum / n;
}

/** Sum of the distances of the same values from one; of values close together it keeps digits that their sum has no room for. */
export function distancesFrom(shift: number, values: Float64Array, filled: number): number {
  let distances = 0;
  for (let i = 0; i < filled; i++) {
    const x = values[i] as number;
    if (Math.abs(x) <= HUGE) distances += x - shift;
  }
  return distances;
}
