import type { EvaluatedRow } from '../evaluation/evaluated-row.ts';

type Prediction = EvaluatedRow['prediction'];

/** A few holdout rows with what batch scoring answered for them; an endpoint of the same model must answer the same. */
export interface SmokeSample {
  /** Feature rows, `{column: value}`. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly predictions: readonly Prediction[];
}

export interface SmokeVerdict {
  readonly verdict: 'pass' | 'fail';
  readonly reason: string;
}

/** Both answers come from one model file on one image: they differ by rounding at most. */
const SCORE_TOLERANCE = 1e-6;

/**
 * Whether an endpoint answers as batch scoring did.
 *
 * @param answers one a row of the sample, in order
 * @example judgeSmoke(sample, sample.predictions).verdict // 'pass'
 */
export function judgeSmoke({ predictions }: SmokeSample, answers: readonly Prediction[]): SmokeVerdict {
  if (answers.length !== predictions.length)
    return fail(`the endpoint must answer ${predictions.length} rows, got ${answers.length}`);
  for (const [i, wanted] of predictions.entries()) {
    const got = answers[i] as Prediction;
    if (String(got.label) !== String(wanted.label))
      return fail(`row ${i} must get label ${wanted.label} as in batch scoring, got ${got.label}`);
    if (!(Math.abs(got.score - wanted.score) <= SCORE_TOLERANCE))
      return fail(`row ${i} must get score ${wanted.score} as in batch scoring, got ${got.score}`);
  }
  return { verdict: 'pass', reason: `${predictions.length} rows got the answers of batch scoring` };
}

function fail(reason: string): SmokeVerdict {
  return { verdict: 'fail', reason };
}
