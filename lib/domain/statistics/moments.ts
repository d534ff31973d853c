import type { Sample } from './result.ts';

/** Size, mean, and sum of squared distances from the mean. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly m2: number;
}

/**
 * Mean and spread of a sample, in two passes.
 *
 * @returns mean NaN for an empty sample
 * Source: Chan, Golub, LeVeque, American Statistician 37 (1983), the corrected two-pass form.
 * @example momentsOf([1, 3]) // { n: 2, mean: 2, m2: 2 }
 */
export function momentsOf(sample: Sample): Moments {
  const n = sample.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += sample[i] as number;
  const mean = sum / n;
  let [m2, rest] = [0, 0];
  for (let i = 0; i < n; i++) {
    const gap = (sample[i] as number) - mean;
    m2 += gap * gap;
    rest += gap;
  }
  return { n, mean: mean + rest / n, m2: Math.max(0, m2 - (rest * rest) / n) };
}
