import { percent, short } from '../figures.ts';
import type { DriftStatistic } from './verdict.ts';

/** An edge of bins; the one behind the atom 0 is 0 for people. */
export function edgeText(edge: number): string {
  return short(Math.abs(edge) === Number.MIN_VALUE ? 0 : edge, 4);
}

/** At most this many categories in a sentence. */
const NAMED_CATEGORIES = 3;

/** The categories whose shares changed most: `AA 10 % → 25 %, UA 40 % → 30 %`. */
export function whichSharesMoved(
  names: readonly string[],
  reference: readonly number[],
  window: readonly number[],
): string {
  const [n, m] = [total(reference), total(window)];
  return names
    .map((name, i) => ({ name, before: (reference[i] as number) / n, after: (window[i] as number) / m }))
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, NAMED_CATEGORIES)
    .map(({ name, before, after }) => `${name} ${percent(before)} → ${percent(after)}`)
    .join(', ');
}

const UNITS: Readonly<Record<DriftStatistic, string>> = {
  wasserstein: ' σ',
  'jensen-shannon': ' in Jensen-Shannon distance',
  'rate-change': ' of rows',
  'cohen-h': " on Cohen's scale",
  'missing-change': ' of rows',
  'unseen-share': ' of rows',
  'future-share': ' of rows',
};

/**
 * An effect as people read it.
 *
 * @example effectText('wasserstein', 0.0712) // '0.071 σ'
 * @example effectText('missing-change', 0.031) // '3.1 % of rows'
 */
export function effectText(statistic: DriftStatistic, effect: number, digits = 3): string {
  const isShare = UNITS[statistic] === ' of rows';
  return (isShare ? percent(effect, digits) : short(effect, digits)) + UNITS[statistic];
}

/** What a window of this size could have shown: `could have seen ≥ 0.07 σ`. */
export function couldHaveSeen(statistic: DriftStatistic, detectable: number): string {
  return `could have seen ≥ ${effectText(statistic, detectable, 2)}`;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
