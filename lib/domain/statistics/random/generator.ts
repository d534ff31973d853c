/** A stream of random numbers that the same seed always repeats. */
export interface Random {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Uniform on 0 … n − 1. */
  integer(n: number): number;
}

/**
 * A generator for simulations and bootstraps; not for secrets.
 *
 * @param seed whole number; equal seeds give equal streams on every machine
 * Source: Blackman, Vigna, xoshiro128** (ACM TOMS 47, 2021), seeded by splitmix32; Marsaglia's polar method (1964) for normals.
 * @example seededRandom(1).uniform() // the same every time
 */
export function seededRandom(seed: number): Random {
  const next = xoshiro128(seed);
  const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const [u, v] = [2 * uniform() - 1, 2 * uniform() - 1];
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = v * factor;
      return u * factor;
    }
  };
  return {
    uniform,
    normal,
    exponential: () => -Math.log1p(-uniform()),
    integer: (n) => Math.floor(uniform() * n),
  };
}

function xoshiro128(seed: number): () => number {
  let state = seed | 0;
  const split = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, d] = [split(), split(), split(), split()];
  const rotated = (x: number, by: number) => (x << by) | (x >>> (32 - by));
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
}
