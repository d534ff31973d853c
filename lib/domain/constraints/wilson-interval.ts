/** Two-sided 95 %: the 0.975 quantile of the standard normal distribution. */
const Z_95 = 1.959963984540054;

/**
 * Where the true share of a kind of row lies, when `count` of `total` rows were of that kind: the score interval, which stays
 * inside 0 and 1 and has a width even for a count of zero. Used for every share that a rule reports or that is proposed.
 *
 * @param count whole number, 0 … total
 * @param total whole number of rows
 * @param z standard normal quantile of the confidence, 1.96 for 95 %
 * @returns lower and upper bound (0–1); [0, 1] of no rows, which say nothing
 * @throws RangeError when count is no number from 0 to total
 * @see E. B. Wilson, Probable inference, JASA 22 (1927) 209–212
 * @example wilsonInterval(50, 1000) // [0.0381…, 0.0653…]
 */
export function wilsonInterval(count: number, total: number, z: number = Z_95): readonly [number, number] {
  if (!(count >= 0 && count <= total))
    throw new RangeError(`a Wilson interval needs a count from 0 to ${total}, got ${count}`);
  if (total === 0) return [0, 1];
  const share = count / total;
  const z2 = (z * z) / total;
  const centre = share + z2 / 2;
  const half = z * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total));
  // Rounding must not leave a hair above 0 or below 1 where the bound is exactly that.
  const low = count === 0 ? 0 : (centre - half) / (1 + z2);
  const high = count === total ? 1 : (centre + half) / (1 + z2);
  return [low, high];
}
