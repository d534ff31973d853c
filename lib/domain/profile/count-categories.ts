import { capCategories, toBuckets } from './cap-categories.ts';
import { categoryKey } from './category-key.ts';
import type { CategoricalProfile } from './column-profile.ts';
import { addHash, newSketch, sketchText } from './distinct-sketch.ts';
import { textHash } from './value-hash.ts';

/**
 * The profile of a column from the rows of each of its values.
 *
 * @param counted a value and its rows; null is no value
 * @param named with it only these are counted by name
 */
export function countCategories(
  counted: Iterable<readonly [value: string | null, rows: number]>,
  named?: ReadonlySet<string>,
): CategoricalProfile {
  let nulls = 0;
  const rows = new Map<string, number>();
  for (const [value, count] of counted) {
    if (value === null) nulls += count;
    else if (count > 0) rows.set(categoryKey(value), (rows.get(categoryKey(value)) ?? 0) + count);
  }
  const sketch = newSketch();
  const hashed = [...rows].map(([value, count]) => ({ value, rows: count, hash: textHash(value) }));
  for (const { hash } of hashed) addHash(sketch, hash.high, hash.low);
  const isNamed = ({ value }: { value: string }) => named?.has(value) ?? true;
  const column: CategoricalProfile = {
    kind: 'categorical',
    counts: { null: nulls, empty: rows.get('') ?? 0, typeMismatch: 0 },
    n: hashed.reduce((sum, value) => sum + value.rows, 0),
    values: hashed.filter(isNamed).map(({ value, rows: count }) => [value, count]),
    other: 0,
    distinct: sketchText(sketch),
  };
  return capCategories(
    toBuckets(
      column,
      hashed.filter((value) => !isNamed(value)),
    ),
  );
}
