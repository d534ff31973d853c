/** A matrix as rows, with the power of ten it is to be multiplied by: its entries would leave the range of a double. */
interface Scaled {
  readonly rows: readonly Float64Array[];
  readonly exponent: number;
}

const RESCALE_ABOVE = 1e140;

/**
 * Chance that n values' distribution function stays within d of the true one: exact up to rounding, at the cost of log₂ n
 * products of matrices of 2nd rows.
 *
 * @param d above 0, below 1 @param n whole, 1 or more
 * Source: Marsaglia, Tsang, Wang, Evaluating Kolmogorov's Distribution, J. Stat. Software 8(18) (2003), after Durbin (1968).
 * @example marsagliaTsangWang(0.274, 10) // 0.6284796154565
 */
export function marsagliaTsangWang(d: number, n: number): number {
  const k = Math.ceil(n * d);
  const { rows, exponent } = power({ rows: stepMatrix(k, k - n * d), exponent: 0 }, n);
  let chance = (rows[k - 1] as Float64Array)[k - 1] as number;
  let scale = exponent;
  for (let i = 1; i <= n; i++) {
    chance = (chance * i) / n;
    if (chance < 1 / RESCALE_ABOVE) {
      chance *= RESCALE_ABOVE;
      scale -= 140;
    }
  }
  return chance * 10 ** scale;
}

/** Durbin's matrix: entry (i, j) is 1/(i − j + 1)!, with the first column and last row corrected for h = k − nd. */
function stepMatrix(k: number, h: number): readonly Float64Array[] {
  const size = 2 * k - 1;
  const rows = Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size }, (_, j) => (i - j + 1 < 0 ? 0 : 1)),
  );
  const at = (i: number) => rows[i] as Float64Array;
  for (let i = 0; i < size; i++) {
    (at(i)[0] as number) -= h ** (i + 1);
    (at(size - 1)[i] as number) -= h ** (size - i);
  }
  (at(size - 1)[0] as number) += 2 * h - 1 > 0 ? (2 * h - 1) ** size : 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size && i - j + 1 > 0; j++)
      for (let g = 1; g <= i - j + 1; g++) (at(i)[j] as number) /= g;
  return rows;
}

function power(base: Scaled, n: number): Scaled {
  if (n === 1) return base;
  const half = power(base, Math.floor(n / 2));
  const square = rescaled(product(half, half));
  return n % 2 === 0 ? square : rescaled(product(square, base));
}

function product(a: Scaled, b: Scaled): Scaled {
  const rows = a.rows.map((row) => {
    const out = new Float64Array(row.length);
    for (let l = 0; l < row.length; l++) {
      const factor = row[l] as number;
      if (factor === 0) continue;
      const other = b.rows[l] as Float64Array;
      for (let j = 0; j < out.length; j++) (out[j] as number) += factor * (other[j] as number);
    }
    return out;
  });
  return { rows, exponent: a.exponent + b.exponent };
}

function rescaled(matrix: Scaled): Scaled {
  const middle = Math.floor(matrix.rows.length / 2);
  if (((matrix.rows[middle] as Float64Array)[middle] as number) <= RESCALE_ABOVE) return matrix;
  return {
    rows: matrix.rows.map((row) => row.map((x) => x / RESCALE_ABOVE)),
    exponent: matrix.exponent + 140,
  };
}
