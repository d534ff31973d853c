import { type NumericProfile, standardDeviation } from '../profile/column-profile.ts';

/** What of a numeric column an affine change of unit acts on. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  /** Standard deviation, in the unit of the mean. */
  readonly deviation: number;
}

export function momentsOf(column: NumericProfile): Moments {
  return { n: column.n, mean: column.mean, deviation: standardDeviation(column) };
}

/** The moments of all rows together; undefined for none. Source: Chan, Golub, LeVeque (1979). */
export function pooled(parts: readonly Moments[]): Moments | undefined {
  const n = parts.reduce((sum, part) => sum + part.n, 0);
  if (n === 0) return undefined;
  const mean = parts.reduce((sum, part) => sum + part.n * part.mean, 0) / n;
  const m2 = parts.reduce((sum, part) => sum + part.n * (part.deviation ** 2 + (part.mean - mean) ** 2), 0);
  return { n, mean, deviation: Math.sqrt(m2 / n) };
}
