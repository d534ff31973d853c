import type { SchemaColumn } from '../constraints/schema-diff.ts';
import type { Profile } from '../profile/profile.ts';

/** A dataset is one item of at most 400 KB; the schema of a wider one is not kept. */
const MAX_COLUMNS = 1000;

/**
 * The schema that a dataset keeps: its columns as they are stored, and of those that were profiled whether any value is missing.
 *
 * @returns undefined beyond a thousand columns
 * @example storedSchema([{ name: 'temp', type: 'DOUBLE' }], profile)?.[0] // { name: 'temp', type: 'DOUBLE', nullable: true }
 */
export function storedSchema(
  columns: readonly SchemaColumn[],
  profile: Profile | undefined,
): readonly SchemaColumn[] | undefined {
  if (columns.length > MAX_COLUMNS) return undefined;
  return columns.map((column) => {
    const counts = profile?.columns[`input.${column.name}`]?.counts;
    return counts === undefined ? column : { ...column, nullable: counts.null > 0 };
  });
}
