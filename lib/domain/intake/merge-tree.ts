/** Profiles that one step of the tree merges: with up to a megabyte each they are read within seconds. */
export const MERGE_FAN_IN = 100;

/**
 * How many merges each level of the tree makes, the last one always one; `[]` for nothing to merge.
 *
 * @example mergeLevels(250) // [3, 1]
 */
export function mergeLevels(shards: number): readonly number[] {
  const levels: number[] = [];
  for (let width = shards; width > 0 && levels.at(-1) !== 1; width = levels.at(-1) as number)
    levels.push(Math.ceil(width / MERGE_FAN_IN));
  return levels;
}

/**
 * Which outputs of the level below one merge takes; of level 0 they are shards.
 *
 * @param width how many outputs the level below has
 * @example mergeInputs(2, 250) // 200 … 249
 */
export function mergeInputs(group: number, width: number): readonly number[] {
  const first = group * MERGE_FAN_IN;
  const count = Math.min(MERGE_FAN_IN, width - first);
  return Array.from({ length: Math.max(0, count) }, (_, i) => first + i);
}
