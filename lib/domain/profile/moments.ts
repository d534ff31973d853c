import { finite } from './finite.ts';
import type { NumericProfile } from './numeric-profile.ts';

/** How many values, their mean, and how far they lie from it. */
export type Moments = Pick<NumericProfile, 'n' | 'mean' | 'meanRest' | 'm2'>;

/** Standard deviations from zero beyond which the sum of a block of values is too coarse for their squares to be exact to 1e-12. */
const FAR = 16;

/** Whether values lie so far from zero, beside their spread, that their sum loses what their distances keep. */
export function isFarFromZero({ n, mean, m2 }: Moments): boolean {
  return mean * mean * n > FAR * FAR * m2;
}

/** The moments of values whose distances from a guess of their mean were added up: exact however far from zero they lie. */
export function momentsAround(
  { mean, meanRest = 0 }: Pick<Moments, 'mean' | 'meanRest'>,
  n: number,
  distances: number,
  squares: number,
): Moments {
  const distance = distances / n;
  return momentsOf(n, mean, meanRest + distance, Math.max(0, squares - distances * distance));
}

/**
 * Moments of two disjoint sets of values. Far from zero a mean is rounded by more than the means of two sets may lie apart:
 * there what a double loses of it is kept beside it.
 * Source: Chan, Golub, LeVeque, Updating Formulae and a Pairwise Algorithm (1979).
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.n === 0) return onlyMoments(b);
  if (b.n === 0) return onlyMoments(a);
  const n = a.n + b.n;
  const [restOfA, restOfB] = [a.meanRest ?? 0, b.meanRest ?? 0];
  const delta = b.mean - a.mean + (restOfB - restOfA);
  const m2 = finite(a.m2 + b.m2 + (delta * delta * a.n * b.n) / n);
  // Means near the largest double on either side of zero lie farther apart than a double holds.
  if (!Number.isFinite(delta)) return { n, mean: a.mean * (a.n / n) + b.mean * (b.n / n), m2 };
  return momentsOf(n, a.mean, restOfA + delta * (b.n / n), m2);
}

function onlyMoments({ n, mean, meanRest, m2 }: Moments): Moments {
  return { n, mean, ...(meanRest !== undefined && { meanRest }), m2 };
}

/**
 * Moments whose mean is the sum of two doubles: the nearest double, and what that lacks.
 * Source: Knuth, The Art of Computer Programming 2 (1969), section 4.2.2, theorem B.
 */
function momentsOf(n: number, a: number, b: number, m2: number): Moments {
  const mean = a + b;
  const ofB = mean - a;
  const meanRest = a - (mean - ofB) + (b - ofB);
  return meanRest !== 0 && isFarFromZero({ n, mean, m2 }) ? { n, mean, meanRest, m2 } : { n, mean, m2 };
}
