import { logGamma } from '../special/log-gamma.ts';
import type { Random } from './generator.ts';

/** Mean from which rejection is faster than counting one by one, and from which its bounds hold. */
const REJECT_FROM = 10;

/**
 * A Poisson count.
 *
 * @param mean 0 or more
 * Source: Hörmann, The Transformed Rejection Method for Generating Poisson Random Variables (1993), PTRS; below a mean of 10
 * Knuth's product of uniforms.
 * @example poisson(0, random) // 0
 */
export function poisson(mean: number, random: Random): number {
  if (mean < REJECT_FROM) return smallPoisson(mean, random);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  const inside = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const [u, v] = [random.uniform() - 0.5, random.uniform()];
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= inside) return k;
    if (k < 0 || (edge < 0.013 && v > edge)) continue;
    const height = Math.log((v * inverse) / (a / (edge * edge) + b));
    if (height <= k * Math.log(mean) - mean - logGamma(k + 1)) return k;
  }
}

/**
 * A binomial count of n trials of chance p.
 *
 * @param p 0–1
 * Source: Hörmann, The Generation of Binomial Random Variates (1993), BTRS; below a mean of 10 by gaps between successes.
 * @example binomial(10, 1, random) // 10
 */
export function binomial(n: number, p: number, random: Random): number {
  if (p > 0.5) return n - binomial(n, 1 - p, random);
  if (n * p < REJECT_FROM) return smallBinomial(n, p, random);
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const inside = 0.92 - 4.2 / b;
  const mode = Math.floor((n + 1) * p);
  const odds = Math.log(p / (1 - p));
  const top = logGamma(mode + 1) + logGamma(n - mode + 1);
  for (;;) {
    const [u, v] = [random.uniform() - 0.5, random.uniform()];
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + n * p + 0.5);
    if (k < 0 || k > n) continue;
    if (edge >= 0.07 && v <= inside) return k;
    const height = Math.log((v * (2.83 + 5.1 / b) * spread) / (a / (edge * edge) + b));
    if (height <= top - logGamma(k + 1) - logGamma(n - k + 1) + (k - mode) * odds) return k;
  }
}

function smallPoisson(mean: number, random: Random): number {
  const bar = Math.exp(-mean);
  let k = 0;
  for (let product = random.uniform(); product > bar; product *= random.uniform()) k++;
  return k;
}

function smallBinomial(n: number, p: number, random: Random): number {
  if (p === 0) return 0;
  const log = Math.log1p(-p);
  let [k, at] = [0, 0];
  for (;;) {
    at += Math.floor(Math.log1p(-random.uniform()) / log) + 1;
    if (at > n) return k;
    k++;
  }
}
