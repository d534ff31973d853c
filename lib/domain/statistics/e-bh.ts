/**
 * e-BH: Benjamini-Hochberg for e-values. It holds its rate however the columns depend on each other, and at any time one looks.
 *
 * @param logEs natural logarithms of e-values, one a column @param q 0–1, the false discovery rate
 * @returns which are rejected, in the order given
 * Source: Wang, Ramdas, J. R. Statist. Soc. B 84 (2022): the largest k whose k-th largest e-value is at least K/(kq).
 * @example eBenjaminiHochberg([Math.log(100), Math.log(2)]) // [true, false]
 */
export function eBenjaminiHochberg(logEs: readonly number[], q = 0.05): readonly boolean[] {
  const descending = [...logEs].sort((a, b) => b - a);
  let bar = Number.POSITIVE_INFINITY;
  descending.forEach((logE, i) => {
    if (logE >= Math.log(logEs.length / ((i + 1) * q))) bar = logE;
  });
  return logEs.map((logE) => logE >= bar);
}
