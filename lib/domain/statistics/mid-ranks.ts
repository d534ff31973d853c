/**
 * Ranks of values from 1, in the order of the input; equal values share the mean of their ranks.
 *
 * @param values finite numbers
 * @example midRanks([10, 20, 10]) // [1.5, 3, 1.5]
 */
export function midRanks(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i + 1;
    while (end < order.length && values[order[end] as number] === values[order[i] as number]) end++;
    for (let k = i; k < end; k++) ranks[order[k] as number] = (i + 1 + end) / 2;
    i = end;
  }
  return ranks;
}
