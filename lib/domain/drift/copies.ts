import type { ColumnDrift } from './column-drift.ts';

/**
 * Features that only hand an input on: they move exactly as it does. Nothing else is taken for a copy, however alike two columns
 * moved: two inputs without any value both changed by all their rows, and each of them is a fault of its own.
 *
 * @returns by feature the input that it is a copy of; of several inputs that moved alike the one of its own name, else none
 * @example copiesAmong([{ column: 'input.x', statistic, effect: 0.3 }, { column: 'feature.x', statistic, effect: 0.3 }]) // feature.x → input.x
 */
export function copiesAmong(columns: readonly ColumnDrift[]): ReadonlyMap<string, string> {
  const moved = columns.filter(({ effect }) => effect);
  const inputs = moved.filter(({ column }) => column.startsWith(INPUT));
  const features = moved.filter(({ column }) => column.startsWith(FEATURE));
  return new Map(
    features.flatMap(({ column, statistic, effect }) => {
      const like = inputs
        .filter((input) => input.statistic === statistic && input.effect === effect)
        .map((input) => input.column);
      const namesake = INPUT + column.slice(FEATURE.length);
      const original = like.length === 1 ? like[0] : like.find((input) => input === namesake);
      return original === undefined ? [] : [[column, original] as const];
    }),
  );
}

const INPUT = 'input.';
const FEATURE = 'feature.';
