import type { NumericProfile } from '../profile/column-profile.ts';

/**
 * Where a numeric column's values went: the edge at which the two distribution functions lie farthest apart.
 *
 * @returns `mostly above 25 (mean 12.1 → 25.4)`
 */
export function whereNumbersMoved(
  reference: NumericProfile,
  window: NumericProfile,
  edges: readonly number[],
): string {
  let gap = 0;
  let widest = { gap: 0, edge: 0 };
  reference.bins.counts.forEach((count, i) => {
    gap += count / reference.n - (window.bins.counts[i] as number) / window.n;
    if (Math.abs(gap) > Math.abs(widest.gap) && i < edges.length) widest = { gap, edge: edges[i] as number };
  });
  const means = `mean ${short(reference.mean, 4)} → ${short(window.mean, 4)}`;
  if (widest.gap === 0) return `within its bins (${means})`;
  return `mostly ${widest.gap > 0 ? 'above' : 'below'} ${short(widest.edge, 4)} (${means})`;
}

/** At most this many categories in a sentence. */
const NAMED_CATEGORIES = 3;

/** The categories whose shares changed most: `AA 10 % → 25 %, UA 40 % → 30 %`. */
export function whichSharesMoved(
  names: readonly string[],
  reference: readonly number[],
  window: readonly number[],
): string {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const [n, m] = [sum(reference), sum(window)];
  return names
    .map((name, i) => ({ name, before: (reference[i] as number) / n, after: (window[i] as number) / m }))
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, NAMED_CATEGORIES)
    .map(({ name, before, after }) => `${name} ${percent(before)} → ${percent(after)}`)
    .join(', ');
}

export function short(value: number, digits = 3): string {
  return String(Number(value.toPrecision(digits)));
}

function percent(share: number): string {
  return `${short(share * 100)} %`;
}
