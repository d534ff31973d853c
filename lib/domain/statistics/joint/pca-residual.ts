import { symmetricEigen } from '../linear/symmetric-eigen.ts';
import { meansOf, type SecondMoments, spreadAround } from './second-moments.ts';

/** Share of the variance that the components keep; NannyML's choice. */
const VARIANCE_KEPT = 0.65;

/** The main directions of a reference. */
export interface PrincipalComponents {
  readonly columns: readonly string[];
  readonly centre: readonly number[];
  /** Kept directions of length 1, the widest first. */
  readonly directions: readonly (readonly number[])[];
}

/**
 * The fewest main directions that keep a share of the reference's variance.
 *
 * @param share 0–1
 * @returns undefined with no rows
 * Source: Jolliffe, Principal Component Analysis (2002); NannyML 0.13 keeps 0.65.
 * @example fitComponents of two equal columns // one direction, (0.707, 0.707)
 */
export function fitComponents(
  reference: SecondMoments,
  share = VARIANCE_KEPT,
): PrincipalComponents | undefined {
  if (reference.n === 0) return undefined;
  const { values, vectors } = symmetricEigen(spreadAround(reference));
  const all = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  let [kept, count] = [0, 0];
  while (count < values.length && kept < share * all) kept += Math.max(0, values[count++] as number);
  return { columns: reference.columns, centre: meansOf(reference), directions: vectors.slice(0, count) };
}

/**
 * Mean squared distance of rows from the plane of the reference's main directions: it changes when columns stop moving together,
 * which none shows alone. Equal to the mean over rows, since only sums of products enter.
 *
 * @returns 0 and up, in squared σ; undefined with no rows
 * Throws when the columns differ.
 * Source: Jackson, Mudholkar, Technometrics 21 (1979), the Q statistic; NannyML takes the mean distance instead of its square.
 * @example of rows on the reference's own plane: 0
 */
export function pcaResidual(components: PrincipalComponents, window: SecondMoments): number | undefined {
  if (components.columns.join('\n') !== window.columns.join('\n'))
    throw new Error(`a residual needs the reference's columns ${components.columns}, got ${window.columns}`);
  if (window.n === 0) return undefined;
  const spread = spreadAround(window, [...components.centre]);
  const all = spread.reduce((sum, row, j) => sum + (row[j] as number), 0);
  const explained = components.directions.reduce((sum, v) => sum + quadratic(spread, v), 0);
  return Math.max(0, all - explained);
}

function quadratic(matrix: readonly (readonly number[])[], v: readonly number[]): number {
  return matrix.reduce(
    (sum, row, j) =>
      sum + (v[j] as number) * row.reduce((dot, value, k) => dot + value * (v[k] as number), 0),
    0,
  );
}
