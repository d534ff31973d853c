/** Eigenvalues, largest first, and for each its vector of length 1. */
export interface Eigen {
  readonly values: readonly number[];
  readonly vectors: readonly (readonly number[])[];
}

/** Jacobi's method squares what is left with each sweep; a dozen is more than any matrix here needs. */
const MOST_SWEEPS = 60;

/**
 * Eigenvalues and vectors of a symmetric matrix of moderate size (up to a few hundred rows).
 *
 * @param matrix rows of a symmetric matrix
 * Source: Golub, Van Loan, Matrix Computations (2013), section 8.5 (cyclic Jacobi).
 * @example symmetricEigen([[2, 1], [1, 2]]).values // [3, 1]
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigen {
  const size = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const v = matrix.map((_, i) => Float64Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a) > 0; sweep++)
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, v, p, q);
  const order = a.map((_, i) => i).sort((i, j) => at(a, j, j) - at(a, i, i));
  return {
    values: order.map((i) => at(a, i, i)),
    vectors: order.map((i) => Array.from(v[i] as Float64Array)),
  };
}

function at(a: readonly Float64Array[], i: number, j: number): number {
  return (a[i] as Float64Array)[j] as number;
}

/** Sum of squares off the diagonal, 0 once it is nothing beside the diagonal. */
function offDiagonal(a: readonly Float64Array[]): number {
  let [off, on] = [0, 0];
  a.forEach((row, i) => {
    row.forEach((x, j) => {
      if (i === j) on += x * x;
      else off += x * x;
    });
  });
  return off <= 1e-32 * on ? 0 : off;
}

/** Turns the plane of axes p and q so that entry (p, q) becomes 0; rows of v are the axes turned so far. */
function rotate(a: readonly Float64Array[], v: readonly Float64Array[], p: number, q: number): void {
  const apq = at(a, p, q);
  if (apq === 0) return;
  const theta = (at(a, q, q) - at(a, p, p)) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (const row of a) turn(row, p, row, q, c, s);
  for (let k = 0; k < a.length; k++) {
    turn(a[p] as Float64Array, k, a[q] as Float64Array, k, c, s);
    turn(v[p] as Float64Array, k, v[q] as Float64Array, k, c, s);
  }
}

function turn(x: Float64Array, i: number, y: Float64Array, j: number, c: number, s: number): void {
  const [u, w] = [x[i] as number, y[j] as number];
  x[i] = c * u - s * w;
  y[j] = s * u + c * w;
}
