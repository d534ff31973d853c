import { z } from 'zod';
import type { EvaluatedRow } from '../evaluation/evaluated-row.ts';
import type { Calibration, Contribution } from './calibration.ts';
import { contributionsOf } from './contributions.ts';
import {
  type Decomposition,
  decomposeChange,
  decompositionSchema,
  type Stratum,
} from './decompose-change.ts';
import { scoreBins } from './score-bins.ts';
import { strataStarts, sumStrata } from './score-strata.ts';

export const CHANGE_MEASURES = ['accuracy', 'brier', 'mae'] as const;
export type ChangeMeasure = (typeof CHANGE_MEASURES)[number];

export const qualityChangeSchema = decompositionSchema.extend({
  measure: z.enum(CHANGE_MEASURES),
  /** What the cases were told apart by: `score`, or a column. */
  by: z.string(),
  /** How much worse the relation between cases and outcomes made it, at which a version has drifted in concept. */
  threshold: z.number(),
  verdict: z.enum(['stable', 'watch', 'drifted', 'insufficient-data']),
  sentence: z.string(),
});

/** How a measure of quality changed since the holdout, and how much of it each cause explains. */
export type QualityChange = z.infer<typeof qualityChangeSchema>;

/** Of accuracy and Brier, both shares: two more of a hundred decided wrong is what people would act on. */
const SHARE_THRESHOLD = 0.02;
/** Of a loss in the label's own unit: a tenth of what it was. */
const RELATIVE_THRESHOLD = 0.1;

/**
 * How the measures of the task changed from the holdout to the labelled rows of a window, told apart by score.
 *
 * @param rows labelled, of the window
 * @example scoreChanges(calibration, rows)[0]?.sentence // 'accuracy fell by 0.065: −0.050 from another mix of cases by score, …'
 */
export function scoreChanges(
  calibration: Calibration,
  rows: readonly EvaluatedRow[],
): readonly QualityChange[] {
  const { task, edges, positive, bins, contributions } = calibration;
  const usable = rows.filter((row) => Number.isFinite(row.prediction.score));
  const now = contributionsOf(task, edges, usable, positive);
  const { counts } = scoreBins(
    usable.map((row) => row.prediction.score),
    edges,
  ).bins;
  const starts = strataStarts(calibration);
  return CHANGE_MEASURES.flatMap((measure) => {
    const [before, after] = [contributions[measure], now[measure]];
    if (before === undefined || after === undefined) return [];
    const reference = sides(bins.rows, before, starts);
    const window = sides(counts, after, starts);
    const strata = starts.map((_, i) => ({
      name: String(i),
      reference: reference(i),
      window: window(i),
    }));
    return changeOf(measure, 'score', strata) ?? [];
  });
}

/** The decomposition of one measure with what it means; undefined when either side has no rows. */
export function changeOf(
  measure: ChangeMeasure,
  by: string,
  strata: readonly Stratum[],
): QualityChange | undefined {
  const found = decomposeChange(strata);
  if (found === undefined) return undefined;
  const rows = strata.reduce((sum, s) => sum + s.reference.rows, 0);
  const level = strata.reduce((sum, s) => sum + s.reference.sum, 0) / rows;
  const threshold = measure === 'mae' ? RELATIVE_THRESHOLD * level : SHARE_THRESHOLD;
  return {
    ...found,
    measure,
    by,
    threshold,
    verdict: verdictOf(found.concept, threshold, measure === 'accuracy' ? -1 : 1),
    sentence: sentenceOf(measure, by, found),
  };
}

function sides(rows: readonly number[], { sums, squares }: Contribution, starts: readonly number[]) {
  const [n, sum, square] = [rows, sums, squares].map((values) => sumStrata(values, starts));
  return (i: number) => ({ rows: n?.[i] ?? 0, sum: sum?.[i] ?? 0, squares: square?.[i] ?? 0 });
}

/**
 * @param worse −1 where less is worse, 1 where more is
 * Drifted by the lower bound of how much worse it got, watched by the estimate alone; where chance makes half the threshold by
 * itself and the bound does not settle it, nothing can be said.
 */
function verdictOf(
  concept: Decomposition['concept'],
  threshold: number,
  worse: 1 | -1,
): QualityChange['verdict'] {
  const estimate = concept.estimate * worse;
  const lower = worse === 1 ? concept.lower : -concept.upper;
  // Of a normal error the mean distance is 0.8 deviations; an interval of 95 % is 3.92 of them wide.
  const expectedByChance = (0.8 * (concept.upper - concept.lower)) / 3.92;
  if (lower >= threshold) return 'drifted';
  if (expectedByChance > threshold / 2) return 'insufficient-data';
  return estimate >= threshold ? 'watch' : 'stable';
}

function sentenceOf(measure: ChangeMeasure, by: string, { change, mix, concept }: Decomposition): string {
  const moved = change.estimate < 0 ? 'fell' : 'rose';
  const part = ({ estimate }: Decomposition['mix']) => signed(estimate);
  return `${measure} ${moved} by ${Math.abs(change.estimate).toFixed(3)}: ${part(mix)} from another mix of cases by ${by}, ${part(concept)} from another relation between cases and outcomes (${signed(concept.lower)} to ${signed(concept.upper)})`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}
