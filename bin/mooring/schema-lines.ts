import type { SchemaDiff } from '../../lib/domain/constraints/schema-diff.ts';

/** What changed in a schema, a line a change. */
export function schemaLines(diff: SchemaDiff | undefined): readonly string[] {
  if (diff === undefined) return [];
  return [
    ...diff.added.map(({ name, type }) => `  + ${name}: ${type}`),
    ...diff.removed.map(({ name, type }) => `  - ${name}: ${type}`),
    ...diff.retyped.map(({ column, from, to }) => `  ~ ${column}: ${from} is now ${to}`),
    ...diff.nullability.map(
      ({ column, nullable }) => `  ~ ${column}: ${nullable ? 'may be null now' : 'may no longer be null'}`,
    ),
    ...diff.reordered.map(
      ({ column, from, to }) => `  ~ ${column}: column ${from + 1} is now column ${to + 1}`,
    ),
  ];
}
