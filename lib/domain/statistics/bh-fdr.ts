/** Which hypotheses are rejected, in the order given, and the p-values adjusted for how many there were. */
export interface Rejections {
  readonly rejected: readonly boolean[];
  readonly adjusted: readonly number[];
}

/**
 * Benjamini-Hochberg: of the columns called drifted, at most a share q is so by chance, on average.
 *
 * @param ps 0–1, one a column @param q 0–1, the false discovery rate
 * @returns none for none
 * Source: Benjamini, Hochberg, J. R. Statist. Soc. B 57 (1995); scipy `stats.false_discovery_control`.
 * @example benjaminiHochberg([0.01, 0.04, 0.03]).adjusted // [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(ps: readonly number[], q = 0.05): Rejections {
  const order = ps.map((_, i) => i).sort((i, j) => (ps[j] as number) - (ps[i] as number));
  const adjusted = new Array<number>(ps.length);
  let least = 1;
  order.forEach((i, above) => {
    least = Math.min(least, ((ps[i] as number) * ps.length) / (ps.length - above));
    adjusted[i] = least;
  });
  return { rejected: adjusted.map((p) => p <= q), adjusted };
}
