import type { EvaluatedRow } from '../../../lib/domain/evaluation/evaluated-row.ts';
import { binOf } from '../../../lib/domain/profile/edges.ts';
import type { ScoreBins } from '../../../lib/domain/quality/estimated-quality.ts';

/** Twenty scores, each in the middle of its bin; the model's threshold of 0.5 is an edge. */
export const EDGES = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

export const calibrated = (score: number) => score;
export const overconfident = (score: number) => 0.5 + (score - 0.5) * 0.6;

/** `rows(i)` rows of the i-th score, of which the given share (0–1) is positive. */
export function gridRows(
  rows: (i: number) => number,
  positives: (score: number) => number,
): readonly EvaluatedRow[] {
  return Array.from({ length: 20 }, (_, i) => {
    const score = (i + 0.5) / 20;
    const positive = roundHalfEven(rows(i) * positives(score));
    return Array.from({ length: rows(i) }, (_, k) => ({
      label: Number(k < positive),
      prediction: { label: Number(score >= 0.5), score },
    }));
  }).flat();
}

/** As Python rounds, which made the reference values. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

export function scoreBins(rows: readonly EvaluatedRow[], edges: readonly number[]): ScoreBins {
  const counts = new Array<number>(edges.length + 1).fill(0);
  const sums = new Array<number>(edges.length + 1).fill(0);
  for (const { prediction } of rows) {
    const bin = binOf(prediction.score, edges);
    counts[bin] = (counts[bin] as number) + 1;
    sums[bin] = (sums[bin] as number) + prediction.score;
  }
  return { n: rows.length, bins: { counts, sums } };
}
