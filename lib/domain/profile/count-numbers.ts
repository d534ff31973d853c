import type { NumericProfile } from './column-profile.ts';
import { binOf } from './edges.ts';
import { mergeColumns } from './merge-columns.ts';
import { emptyColumn } from './profile.ts';

/** The profile of one chunk of a numeric column: two passes over the chunk, so that m2 loses nothing to cancellation. */
export function profileChunk(values: readonly (number | null)[], edges: Float64Array): NumericProfile {
  const profile = emptyColumn({ kind: 'numeric', edges: Array.from(edges) }) as NumericProfile;
  const { counts } = profile;
  const finite: number[] = [];
  for (const value of values) {
    if (value === null) counts.null++;
    else if (Number.isFinite(value)) finite.push(value);
    else if (Number.isNaN(value)) counts.nan++;
    else if (value > 0) counts.posInf++;
    else counts.negInf++;
  }
  return finite.length === 0
    ? profile
    : { ...profile, ...moments(finite), bins: histogram(finite, edges, profile.bins) };
}

/** Adds a chunk to what came before. */
export function addChunk(
  so: NumericProfile,
  values: readonly (number | null)[],
  edges: Float64Array,
): NumericProfile {
  return mergeColumns(so, profileChunk(values, edges)) as NumericProfile;
}

function moments(values: readonly number[]): Pick<NumericProfile, 'n' | 'mean' | 'm2' | 'min' | 'max'> {
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / values.length;
  let m2 = 0;
  for (const value of values) m2 += (value - mean) ** 2;
  return { n: values.length, mean, m2, min, max };
}

function histogram(
  values: readonly number[],
  edges: Float64Array,
  { counts, sums }: NumericProfile['bins'],
): NumericProfile['bins'] {
  for (const value of values) {
    const bin = binOf(value, edges);
    counts[bin] = (counts[bin] as number) + 1;
    sums[bin] = (sums[bin] as number) + value;
  }
  return { counts, sums };
}
