/**
 * Exact chance that two samples of one continuous distribution, of n and m values, have distribution functions at least d apart:
 * the share of the paths from (0, 0) to (n, m) that leave the band |i/n − j/m| < d.
 *
 * @param d 0–1; rounded to the nearest value that the sizes allow
 * @returns 0–1; costs n·m·d steps at most
 * Source: Hodges, The Significance Probability of the Smirnov Two-Sample Test, Arkiv för Matematik 3 (1958); scipy
 * `stats.ks_2samp(method='exact')`.
 * @example ksExactP(0.625, 8, 8) // 0.08702408702408701
 */
export function ksExactP(d: number, n: number, m: number): number {
  const [rows, columns] = n >= m ? [n, m] : [m, n];
  const common = greatestCommonDivisor(rows, columns);
  const [byRow, byColumn] = [columns / common, rows / common];
  const width = Math.round(d * rows * byRow);
  if (width === 0) return 1;
  return rows === columns ? outsideSquare(rows, width) : outsideBand(rows, columns, byRow, byColumn, width);
}

/** For equal sizes reflection gives a sum: 2 Σ (−1)^(k+1) C(2n, n − kh) / C(2n, n), as a nested product that stays in range. */
function outsideSquare(n: number, h: number): number {
  let p = 0;
  for (let k = Math.floor(n / h); k >= 1; k--) {
    let ratio = 1;
    const from = (k - 1) * h;
    for (let j = 0; j < h; j++) ratio *= (n - from - j) / (n + from + j + 1);
    p = ratio * (1 - p);
  }
  return 2 * p;
}

/**
 * Column by column, u(i, j) is the share of paths to (i, j) that left the band before or there. A random path comes to (i, j)
 * from the left with chance i/(i + j): outside, u is 1; counting leavers keeps the digits of small chances.
 */
function outsideBand(rows: number, columns: number, byRow: number, byColumn: number, width: number): number {
  const outside = new Float64Array(rows + 1).fill(1);
  for (let i = 0; i <= rows && i * byRow < width; i++) outside[i] = 0;
  for (let j = 1; j <= columns; j++) {
    const offset = j * byColumn;
    // Rows below the band stay 1 once they are left behind, since the band only rises.
    const first = Math.max(0, Math.floor((offset - width) / byRow) + 1);
    const last = Math.min(rows, Math.ceil((offset + width) / byRow) - 1);
    if (first > 0) outside[first - 1] = 1;
    for (let i = first; i <= last; i++) {
      const fromLeft = i === 0 ? 0 : (outside[i - 1] as number);
      outside[i] = (i * fromLeft + j * (outside[i] as number)) / (i + j);
    }
  }
  return outside[rows] as number;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
