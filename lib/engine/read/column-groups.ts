/** Columns of one statement: a row of the engine's takes memory for each of them. */
export const COLUMNS_AT_ONCE = 250;

/** Columns in the groups that one statement each is for, in order. */
export function columnGroups<T>(columns: readonly T[], atOnce = COLUMNS_AT_ONCE): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(columns.length / atOnce) }, (_, i) =>
    columns.slice(i * atOnce, (i + 1) * atOnce),
  );
}
