import { normalSf } from '../statistics/special/normal.ts';
import { type Effect, evidenceFor } from './effect.ts';
import type { Aspect, DriftCheck, DriftStatistic, DriftVerdict } from './verdict.ts';

/** A question asked of a column: what was measured, before it is judged among all others of its window. */
export interface Question {
  readonly aspect: Aspect;
  readonly statistic: DriftStatistic;
  readonly threshold: number;
  /** Absent where there is nothing to measure; `sentence` says why and `otherwise` is the answer. */
  readonly effect?: Effect;
  readonly otherwise: DriftVerdict;
  /** Values the window has, and the fewest with which an answer is promised. */
  readonly values: number;
  readonly fewest: number;
  /** To be read after the column's name. */
  readonly sentence: () => string;
}

/** Of "the effect is below the threshold"; 1 where nothing could be measured. */
export function pValueOf({ effect, threshold }: Question): number {
  return effect === undefined ? 1 : normalSf(evidenceFor(effect, threshold));
}

/**
 * `drifted` iff the lower bound of the effect reaches the threshold; below the stated size nothing else can be said:
 * `insufficient-data`; then `watch` iff only the estimate reaches it, else `stable`.
 *
 * @param z normal quantile of the bounds
 */
export function judge(question: Question, z: number): DriftCheck {
  const { aspect, statistic, threshold, effect, values, fewest, sentence } = question;
  const size = Number.isFinite(fewest) ? { minRows: fewest } : {};
  if (effect === undefined)
    return { aspect, statistic, threshold, ...size, verdict: question.otherwise, sentence: sentence() };
  const lowerBound = effect.lower(z);
  const verdict = verdictOf(lowerBound, question);
  return {
    aspect,
    statistic,
    effect: effect.estimate,
    lowerBound,
    upperBound: effect.upper(z),
    threshold,
    detectable: effect.detectable(z),
    ...size,
    pValue: pValueOf(question),
    verdict,
    sentence: verdict === 'insufficient-data' ? tooFew(values, fewest) : sentence(),
  };
}

function verdictOf(lowerBound: number, { effect, threshold, values, fewest }: Question): DriftVerdict {
  if (lowerBound >= threshold) return 'drifted';
  if (values < fewest) return 'insufficient-data';
  return (effect as Effect).estimate >= threshold ? 'watch' : 'stable';
}

function tooFew(values: number, fewest: number): string {
  return Number.isFinite(fewest)
    ? `has ${values} values, wanted at least ${fewest}`
    : `has ${values} values, and too few in the reference for any window to be judged`;
}
