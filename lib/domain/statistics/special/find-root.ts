/**
 * Where a function that rises from below 0 to above it crosses, to the last bit that bisection can tell. Slow and sure: it is
 * for quantiles of a few intervals, not for inner loops.
 *
 * @param rising not falling between `low` and `high`
 * @returns a point between `low` and `high`
 * @example findRoot((x) => x * x - 2, 0, 2) // 1.414213562373095
 */
export function findRoot(rising: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (;;) {
    const middle = (a + b) / 2;
    if (middle <= a || middle >= b) return middle;
    if (rising(middle) < 0) a = middle;
    else b = middle;
  }
}
