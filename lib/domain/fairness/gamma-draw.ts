import type { Random } from '../statistics/random/generator.ts';

/**
 * A draw from the gamma distribution of scale 1.
 *
 * @param shape 0 or more; 0 gives 0
 * Source: Marsaglia, Tsang, A Simple Method for Generating Gamma Variables (2000); below a shape of 1 by their section 6.
 * @example gammaDraw(0, random) // 0
 */
export function gammaDraw(shape: number, random: Random): number {
  if (shape === 0) return 0;
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
