import { z } from 'zod';

export const secondMomentsSchema = z.object({
  kind: z.literal('second-moments'),
  columns: z.array(z.string()),
  n: z.number().int().nonnegative(),
  /** Σx of each column. */
  sum: z.array(z.number()),
  /** Σx·xᵀ, the upper triangle row by row. */
  products: z.array(z.number()),
});

/**
 * Sums and sums of products of standardised columns: all that principal components and correlations need. Adds up: counts are
 * exact, sums to rounding.
 */
export type SecondMoments = z.infer<typeof secondMomentsSchema>;

/** The moments of no rows, which adding changes nothing. */
export function emptySecondMoments(columns: readonly string[]): SecondMoments {
  const d = columns.length;
  return {
    kind: 'second-moments',
    columns: [...columns],
    n: 0,
    sum: new Array<number>(d).fill(0),
    products: new Array<number>((d * (d + 1)) / 2).fill(0),
  };
}

/**
 * With a chunk of rows more.
 *
 * @param chunk one array a column, in the state's order, of finite values (see `standardise`)
 * Cost: d²/2 multiplications a row.
 * @example addSecondMoments(emptySecondMoments(['x']), [Float64Array.of(1, 2)]).products // [5]
 */
export function addSecondMoments(state: SecondMoments, chunk: readonly Float64Array[]): SecondMoments {
  const d = state.columns.length;
  if (chunk.length !== d) throw new RangeError(`a chunk needs ${d} columns, got ${chunk.length}`);
  const sum = state.sum.map((before, j) => before + total(chunk[j] as Float64Array));
  const products = [...state.products];
  let at = 0;
  for (let j = 0; j < d; j++)
    for (let k = j; k < d; k++)
      (products[at++] as number) += dot(chunk[j] as Float64Array, chunk[k] as Float64Array);
  return { ...state, n: state.n + (chunk[0]?.length ?? 0), sum, products };
}

/** Both together. Throws when they are of different columns. */
export function mergeSecondMoments(a: SecondMoments, b: SecondMoments): SecondMoments {
  if (a.columns.join('\n') !== b.columns.join('\n'))
    throw new Error(`second moments to merge are of the same columns, got ${a.columns} and ${b.columns}`);
  return {
    ...a,
    n: a.n + b.n,
    sum: a.sum.map((value, j) => value + (b.sum[j] as number)),
    products: a.products.map((value, j) => value + (b.products[j] as number)),
  };
}

/** Σ(x − centre)(x − centre)ᵀ/n, as full rows; the columns' own means are the centre by default. */
export function spreadAround(state: SecondMoments, centre = meansOf(state)): number[][] {
  const d = state.columns.length;
  const means = meansOf(state);
  const product = (j: number, k: number) => state.products[j * d - (j * (j - 1)) / 2 + (k - j)] as number;
  return Array.from({ length: d }, (_, j) =>
    Array.from({ length: d }, (_, k) => {
      const raw = product(Math.min(j, k), Math.max(j, k)) / state.n;
      const [mj, mk] = [means[j] as number, means[k] as number];
      const [cj, ck] = [centre[j] as number, centre[k] as number];
      return raw - mj * mk + (mj - cj) * (mk - ck);
    }),
  );
}

export function meansOf({ sum, n }: SecondMoments): number[] {
  return sum.map((value) => value / n);
}

function total(column: Float64Array): number {
  return column.reduce((sum, value) => sum + value, 0);
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (y[i] as number);
  return sum;
}
