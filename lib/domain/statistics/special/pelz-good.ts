/** Terms beyond it are below the last bit for every argument the expansion is used with. */
const TERMS = 20;

/**
 * Chance that the distribution function of n values stays within d of the true one, as Kolmogorov's law with three corrections
 * in powers of 1/√n.
 *
 * @param d above 0, below 1 @param n more than about 140
 * @returns 0–1, absolute error of order n⁻²
 * Source: Pelz, Good, Approximating the Lower Tail-Areas of the Kolmogorov-Smirnov One-Sample Statistic, J. R. Statist. Soc. B 38
 * (1976), as written out by Simard, L'Ecuyer, J. Stat. Software 39(11) (2011), section 3.
 * @example pelzGood(0.02, 2500) // 0.73355, where the limit law alone says 0.73000
 */
export function pelzGood(d: number, n: number): number {
  const z = Math.sqrt(n) * d;
  const sums = [0, 0, 0, 0] as [number, number, number, number];
  for (let k = -TERMS; k < TERMS; k++) {
    const odd = corrections((Math.PI * (k + 0.5)) ** 2, z * z);
    for (const i of [0, 1, 2, 3] as const) sums[i] += odd[i];
    const even = evenCorrections((Math.PI * k) ** 2, z * z);
    sums[2] += even[0];
    sums[3] += even[1];
  }
  const [k0, k1, k2, k3] = sums;
  const root = Math.sqrt(n);
  const chance =
    k0 / z + k1 / (6 * z ** 4 * root) + k2 / (72 * z ** 7 * n) + k3 / (6480 * z ** 10 * n * root);
  return Math.sqrt(Math.PI / 2) * chance;
}

/** The terms of the four sums over half-integers, w = π²(k + ½)² and z2 = z². */
function corrections(w: number, z2: number): readonly [number, number, number, number] {
  const e = Math.exp(-w / (2 * z2));
  const second = 6 * z2 ** 3 + 2 * z2 ** 2 + w * (2 * z2 ** 2 - 5 * z2) + w * w * (1 - 2 * z2);
  const third =
    w ** 3 * (5 - 30 * z2) +
    w * w * (212 * z2 ** 2 - 60 * z2) +
    w * (135 * z2 ** 2 - 96 * z2 ** 3) -
    30 * z2 ** 3 -
    90 * z2 ** 4;
  return [e, e * (w - z2), e * second, e * third];
}

/** What the sums over integers add to the second and third, over the same denominators; w = π²k². */
function evenCorrections(w: number, z2: number): readonly [number, number] {
  const e = Math.exp(-w / (2 * z2));
  return [-2 * z2 ** 2 * w * e, 30 * z2 ** 2 * (3 * w * z2 - w * w) * e];
}
