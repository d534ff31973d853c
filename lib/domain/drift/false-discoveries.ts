import { benjaminiHochberg } from '../statistics/bh-fdr.ts';
import { normalQuantile } from '../statistics/special/normal.ts';

/** How sure each bound of a window's effects is. */
export interface Confidence {
  /** One-sided, 0–1. */
  readonly level: number;
  /** Its normal quantile. */
  readonly z: number;
}

/** Of a column that is judged alone. */
export const CONFIDENCE_ALONE = confidence(0.95);

/**
 * The confidence of the bounds of a window that asks many questions: of the effects called drifted, at most a share of `rate` on
 * average lies below its threshold, and at most that share of their bounds misses. With it "the lower bound reaches the
 * threshold" and "the Benjamini-Hochberg procedure rejects" are one and the same.
 *
 * @param pValues of "the effect is below the threshold", one a question
 * @param rate of false discoveries, 0–1
 * @returns level 1 − rate·max(1, rejections)/questions
 * Source: Benjamini, Yekutieli, False Discovery Rate-Adjusted Multiple Confidence Intervals, JASA 100 (2005).
 * @example confidenceOf([0.001, 0.9], 0.05).level // 0.975
 */
export function confidenceOf(pValues: readonly number[], rate: number): Confidence {
  if (pValues.length === 0) return confidence(1 - rate);
  const rejections = benjaminiHochberg(pValues, rate).rejected.filter((rejected) => rejected).length;
  return confidence(1 - (rate * Math.max(1, rejections)) / pValues.length);
}

function confidence(level: number): Confidence {
  return { level, z: normalQuantile(level) };
}
