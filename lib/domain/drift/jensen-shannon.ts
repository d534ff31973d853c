import { jensenShannonDivergence } from '../statistics/jensen-shannon.ts';
import { chanceOfCell } from './chance-divergence.ts';

/** A divergence with what its uncertainty is made of, all in nats. */
export interface JensenShannonEstimate {
  readonly divergence: number;
  /** What two samples of these sizes from one distribution show on average. */
  readonly expectedByChance: number;
  readonly standardError: number;
}

/**
 * The divergence from counts, with its bias and error: two samples always differ a little, the more the more cells there are.
 *
 * @returns undefined when one side has no rows
 * Source: delta method for the shift; for the chance part see `chanceOfCell`.
 */
export function jensenShannon(a: readonly number[], b: readonly number[]): JensenShannonEstimate | undefined {
  const n = total(a);
  const m = total(b);
  if (n === 0 || m === 0) return undefined;
  const chanceOf = chanceOfCell(n, m);
  const chance = { mean: 0, variance: 0 };
  const logs = { p: 0, pp: 0, q: 0, qq: 0 };
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [(a[i] as number) / n, (b[i] as number) / m];
    const rows = (a[i] as number) + (b[i] as number);
    if (rows === 0) continue;
    const { mean, variance } = chanceOf(rows);
    // Shares add up to one, so that the last cell has no chance of its own.
    chance.mean += mean * (1 - rows / (n + m));
    chance.variance += variance * (1 - rows / (n + m));
    const [u, v] = [gradient(p, q), gradient(q, p)];
    logs.p += p * u;
    logs.pp += p * u * u;
    logs.q += q * v;
    logs.qq += q * v * v;
  }
  const shift = Math.max(0, logs.pp - logs.p ** 2) / n + Math.max(0, logs.qq - logs.q ** 2) / m;
  const standardError = Math.sqrt(shift + chance.variance);
  return { divergence: jensenShannonDivergence(a, b) ?? 0, expectedByChance: chance.mean, standardError };
}

/** ½ ln(p / mean of p and q): how the divergence grows with p. */
function gradient(p: number, q: number): number {
  return p === 0 ? 0 : Math.log((2 * p) / (p + q)) / 2;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
