/**
 * Neighbouring bins taken together so that each group holds about equally many values; a bin that holds that many by itself
 * stays alone.
 *
 * @param counts of the bins @param groups how many there should be, at most
 * @returns first and last bin of each group, in order
 * @example equalGroups([1, 1, 1, 1], 2) // [[0, 1], [2, 3]]
 */
export function equalGroups(
  counts: readonly number[],
  groups: number,
): readonly (readonly [first: number, last: number])[] {
  const enough = counts.reduce((sum, count) => sum + count, 0) / groups;
  const found: [number, number][] = [];
  let [first, held] = [0, 0];
  counts.forEach((count, i) => {
    if (count >= enough && held > 0) {
      found.push([first, i - 1]);
      [first, held] = [i, 0];
    }
    held += count;
    if (held < enough) return;
    found.push([first, i]);
    [first, held] = [i + 1, 0];
  });
  if (first < counts.length) found.push([first, counts.length - 1]);
  return found;
}

/** Sums of values over groups of bins. */
export function sumOver(values: readonly number[], groups: readonly (readonly [number, number])[]): number[] {
  return groups.map(([first, last]) => values.slice(first, last + 1).reduce((sum, value) => sum + value, 0));
}
