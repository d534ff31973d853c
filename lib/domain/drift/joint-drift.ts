import { percent } from '../figures.ts';
import type { Profile } from '../profile/profile.ts';
import { scoreJoint } from '../statistics/joint/score-joint.ts';
import { couldHaveSeen, effectText } from './sentence.ts';
import type { DriftVerdict } from './verdict.ts';

/** How far a window's numeric columns moved together: also where each by itself lies as before. */
export interface JointScore {
  readonly columns: readonly string[];
  /** Rows of the window's sample. */
  readonly rows: number;
  /** The shift, in σ, of one of as many independent columns that shows as much. Bounds are one-sided, at 95 %. */
  readonly effect: number;
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly threshold: number;
  /** The smallest effect that would have shown in four of five samples. */
  readonly detectable: number;
  /** Mean squared distance from the reference's main components over the reference's own; 1 for no change. */
  readonly residualRatio?: number;
  readonly verdict: DriftVerdict;
  readonly sentence: string;
}

/** A residual nearer than this to the reference's own is not worth a word. */
const TOLD_CHANGE = 0.1;

/**
 * Of a window and its reference, beside the columns' own drift: `drifted` when the lower bound reaches the threshold;
 * `insufficient-data` when a change of that size might have stayed hidden; `watch` when only the estimate reaches it.
 *
 * @param threshold in σ
 * @returns undefined when either was not counted jointly or has hardly a row
 * Throws when the two are of different columns.
 */
export function jointDrift(reference: Profile, window: Profile, threshold: number): JointScore | undefined {
  if (reference.joint === undefined || window.joint === undefined) return undefined;
  const drift = scoreJoint(reference.joint, window.joint);
  if (drift === undefined) return undefined;
  const { columns, rows, effect, lowerBound, upperBound, detectable, residualRatio } = drift;
  const measured = { effect, lowerBound, upperBound, threshold, detectable };
  const verdict = verdictOf(measured);
  const ratio = residualRatio === undefined ? {} : { residualRatio };
  const score = { columns, rows: rows.window, ...measured, ...ratio, verdict };
  return { ...score, sentence: sentenceOf(score) };
}

/** A window whose columns are stable each, though not together, is to be watched; never more, as nothing in it can be named. */
export function watchJoint(alone: DriftVerdict, joint: JointScore | undefined): DriftVerdict {
  return alone === 'stable' && joint?.verdict === 'drifted' ? 'watch' : alone;
}

type Measured = Pick<JointScore, 'effect' | 'lowerBound' | 'threshold' | 'detectable'>;

function verdictOf({ effect, lowerBound, threshold, detectable }: Measured): DriftVerdict {
  if (lowerBound >= threshold) return 'drifted';
  if (detectable > threshold) return 'insufficient-data';
  return effect >= threshold ? 'watch' : 'stable';
}

function sentenceOf(score: Omit<JointScore, 'sentence'>): string {
  const { columns, effect, lowerBound, detectable, verdict } = score;
  const together = `${columns.length} numeric columns together`;
  const seen = couldHaveSeen('wasserstein', detectable);
  if (verdict === 'stable') return `${together} lie as before; ${seen}`;
  if (verdict === 'insufficient-data') return `${together} show no change that chance does not; ${seen}`;
  const bound = effectText('wasserstein', lowerBound, 2);
  return `${together} moved ${effectText('wasserstein', effect, 2)}, at least ${bound}${residual(score)}`;
}

function residual({ residualRatio = 1 }: Pick<JointScore, 'residualRatio'>): string {
  const change = residualRatio - 1;
  if (Math.abs(change) < TOLD_CHANGE) return '';
  const less = change < 0 ? 'closer to' : 'farther from';
  return `, and lie ${percent(Math.abs(change), 2)} ${less} what the reference's rows have in common`;
}
