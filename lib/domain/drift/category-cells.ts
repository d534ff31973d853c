import type { CategoricalProfile } from '../profile/column-profile.ts';
import { bucketOf, HASH_BUCKETS, textHash } from '../profile/value-hash.ts';

/** Counts of both sides over the same cells. */
export interface CategoryCells {
  readonly names: readonly string[];
  readonly reference: readonly number[];
  readonly window: readonly number[];
  /** Whether each name is told apart on both sides, so that one without rows in the reference is new. */
  readonly named: boolean;
}

/**
 * Names and counts of the categories of both columns. Where one side no longer counts every value by name, those that the other
 * does not name join the buckets that their hashes belong to, so that both are cut alike. Missing values are no category.
 */
export function categoryCells(reference: CategoricalProfile, window: CategoricalProfile): CategoryCells {
  const [a, b] = [new Map(reference.values), new Map(window.values)];
  const named = [...new Set([...a.keys(), ...b.keys()])];
  const exact = reference.other === 0 && window.other === 0;
  const shared = exact ? named : named.filter((name) => a.has(name) && b.has(name));
  const counts = (of: ReadonlyMap<string, number>) => shared.map((name) => of.get(name) ?? 0);
  const names = shared.map((name) => (name === '' ? 'the empty text' : name));
  if (exact) return { names, reference: counts(a), window: counts(b), named: true };
  const apart = new Set(shared);
  return {
    names: [...names, ...Array.from({ length: HASH_BUCKETS }, (_, i) => `other values, group ${i}`)],
    reference: [...counts(a), ...buckets(reference, apart)],
    window: [...counts(b), ...buckets(window, apart)],
    named: false,
  };
}

function buckets(column: CategoricalProfile, apart: ReadonlySet<string>): readonly number[] {
  const cells = column.buckets?.slice() ?? unplaced(column.other);
  for (const [name, rows] of column.values) {
    if (apart.has(name)) continue;
    const bucket = bucketOf(textHash(name));
    cells[bucket] = (cells[bucket] as number) + rows;
  }
  return cells;
}

/** Rows whose values are not even known by their hashes. */
function unplaced(rows: number): number[] {
  const cells = new Array<number>(HASH_BUCKETS).fill(0);
  cells[0] = rows;
  return cells;
}

const TRUTH = new Set(['true', 'false']);

/** Whether a column has seen nothing but true and false. */
export function isBoolean(...columns: readonly CategoricalProfile[]): boolean {
  const values = columns.flatMap((column) => column.values.map(([value]) => value));
  return values.length > 0 && values.every((value) => TRUTH.has(value));
}

/** Rows that are true, of those that say. */
export function trueRate(column: CategoricalProfile): { readonly having: number; readonly rows: number } {
  const [, having = 0] = column.values.find(([value]) => value === 'true') ?? [];
  return { having, rows: column.n };
}

/**
 * The share of rows that one expects in categories the reference has not seen: what it has seen once stands for what it has
 * never seen.
 *
 * Source: Good, The Population Frequencies of Species (1953), after Turing; standard error from Robbins (1968).
 */
export function expectedUnseen({ values, n }: CategoricalProfile): {
  readonly share: number;
  readonly error: number;
} {
  const [once, twice] = [1, 2].map((times) => values.filter(([, rows]) => rows === times).length) as [
    number,
    number,
  ];
  return { share: once / n, error: Math.sqrt(once + 2 * twice) / n };
}
