import { pointOf } from './edges.ts';

/** A table is for columns whose values all have point bins and lie within this range; it stays in the first cache. */
const MAX_RANGE = 4096;

/** Share (0–1) of the bins between the first and the last edge that must be points for a table to be worth it. */
const SHARE_OF_POINTS = 0.49;

/** Counts integers by a table, at a fifth of the cost of a search, a sum and a hash for each. */
export interface IntegerTable {
  /** Counts the integers it knows among the first `filled` values, keeps the others side by side, and returns how many. */
  take(values: Float64Array, filled: number): number;
  /** Hands out what it has, in ascending order. */
  drain(to: (value: number, rows: number) => void): void;
}

/** The table for a column whose bins are one integer each; undefined for another. */
export function integerTable(edges: Float64Array): IntegerTable | undefined {
  const low = edges[0] ?? Number.NaN;
  const range = (edges[edges.length - 1] as number) - low + 1;
  if (!(range <= MAX_RANGE) || !Number.isInteger(low) || !ofIntegers(edges)) return undefined;
  const size = Math.floor(range);
  const rows = new Float64Array(size);
  return {
    take(values, filled) {
      let left = 0;
      for (let i = 0; i < filled; i++) {
        const x = values[i] as number;
        const place = (x - low) | 0;
        if (place + low === x && place >= 0 && place < size) rows[place] = (rows[place] as number) + 1;
        else values[left++] = x;
      }
      return left;
    },
    drain(to) {
      rows.forEach((count, place) => {
        if (count > 0) to(low + place, count);
      });
      rows.fill(0);
    },
  };
}

function ofIntegers(edges: Float64Array): boolean {
  let points = 0;
  for (let bin = 1; bin < edges.length; bin++) {
    const point = pointOf(edges, bin);
    if (point === undefined) continue;
    if (!Number.isInteger(point)) return false;
    points++;
  }
  return points >= SHARE_OF_POINTS * edges.length;
}
