import { type Counts, totalOf } from './result.ts';
import { logGamma } from './special/log-gamma.ts';

/** All that an e-process remembers: counts over the same cells of the reference and of every window so far. */
export interface EProcess {
  readonly reference: Counts;
  readonly current: Counts;
}

/** Rows that the guess of the alternative is worth; 30 to 300 hardly matter. */
const DEFAULT_STRENGTH = 100;

/** An e-process that has seen no window yet. */
export function startEProcess(reference: Counts): EProcess {
  return { reference, current: reference.map(() => 0) };
}

/** With another window's counts; the order of windows does not matter to the state. */
export function addToEProcess({ reference, current }: EProcess, counts: Counts): EProcess {
  if (counts.length !== reference.length)
    throw new RangeError(`an e-process needs counts of its ${reference.length} cells, got ${counts.length}`);
  return { reference, current: current.map((count, i) => count + (counts[i] as number)) };
}

/** Two processes of one reference that saw different windows, as one. */
export function mergeEProcesses(a: EProcess, b: EProcess): EProcess {
  if (a.reference.some((count, i) => count !== b.reference[i]))
    throw new Error('e-processes to merge have one reference, got two');
  return addToEProcess(a, b.current);
}

/**
 * Natural logarithm of the evidence that the windows are not from the reference's distribution. One may look after every window
 * and alarm at ln(1/α): in all, a false alarm comes with chance α at most.
 *
 * @param strength rows that the alternative's guess is worth
 * @returns −∞ to ∞, 0 before the first row; the reference's own sampling error is in the null, so a small reference gives
 * little power rather than false alarms
 * Source: Bayes factor of two Dirichlet-multinomials (Jeffreys, Theory of Probability 1961; as an e-process Grünwald, de Heide,
 * Koolen 2024): ln B(s·p̂ + C) − ln B(s·p̂) − ln B(1 + A + C) + ln B(1 + A), p̂ = (A + ½)/(n + K/2).
 * @example logE({ reference: [500, 500], current: [80, 20] }) // 7.2515048
 */
export function logE({ reference, current }: EProcess, strength = DEFAULT_STRENGTH): number {
  const guess = totalOf(reference) + reference.length / 2;
  const alternative = reference.map((count) => (strength * (count + 0.5)) / guess);
  const posterior = reference.map((count) => 1 + count);
  return growth(alternative, current) - growth(posterior, current);
}

/** ln B(prior + counts) − ln B(prior): how likely the counts are when the shares are Dirichlet. */
function growth(prior: Counts, counts: Counts): number {
  const rise = (from: number, by: number) => (by === 0 ? 0 : logGamma(from + by) - logGamma(from));
  const cells = prior.reduce((sum, from, i) => sum + rise(from, counts[i] as number), 0);
  return cells - rise(totalOf(prior), totalOf(counts));
}
