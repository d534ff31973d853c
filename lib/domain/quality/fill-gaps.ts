/**
 * A value for every place of a sequence that has some: between two known ones their mean, before the first and after the last
 * the nearest. For score bins that the holdout never filled.
 *
 * @returns undefined when none is known
 * @example fillGaps([undefined, 0.2, undefined, 0.4]) // [0.2, 0.2, 0.3, 0.4]
 */
export function fillGaps(values: readonly (number | undefined)[]): readonly number[] | undefined {
  const following = new Array<number | undefined>(values.length);
  for (let i = values.length - 1; i >= 0; i--) following[i] = values[i] ?? following[i + 1];
  let before: number | undefined;
  const filled: number[] = [];
  for (const [i, value] of values.entries()) {
    before = value ?? before;
    const left = before ?? following[i];
    const right = following[i] ?? before;
    if (left === undefined || right === undefined) return undefined;
    filled.push(value ?? (left + right) / 2);
  }
  return filled;
}
