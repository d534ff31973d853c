import { difference, divide } from './clarify-arithmetic.ts';
import type { GroupCell } from './group-counts.ts';
import {
  called,
  labelled,
  labelledCalled,
  labelledRest,
  negatives,
  positives,
  rows,
  type Sides,
} from './sides.ts';

/*
 * Bias in what a model answers, and in how often it is right: SageMaker Clarify, post-training metrics (Amazon AI Fairness and
 * Explainability Whitepaper, 2020; values as of smclarify 0.5). Its flip test needs the nearest neighbours of every single row
 * and is not offered: it does not add up.
 */

const rate = (of: (c: GroupCell) => number, base: (c: GroupCell) => number) => (c: GroupCell) =>
  divide(of(c), base(c));
const right = (c: GroupCell) => c.truePositives + c.trueNegatives;

/** A rate of the others less that of the group, or the other way round; undefined when a side has no rows. */
function gap(of: (c: GroupCell) => number, base: (c: GroupCell) => number, sign: 1 | -1 = 1) {
  return ({ a, d }: Sides): number | undefined => {
    if (base(a) === 0 || base(d) === 0) return undefined;
    return sign === 1 ? difference(of(a), of(d)) : difference(of(d), of(a));
  };
}

/** Difference in positive proportions in predictions: how much less often the group is answered favourably. */
export const predictedProportions = gap(rate(called, rows), rows);

/** Disparate impact: the group's rate of favourable answers over that of the others; 1 is even. */
export function disparateImpact({ a, d }: Sides): number | undefined {
  if (rows(a) === 0 || rows(d) === 0) return undefined;
  return divide(called(d) / rows(d), called(a) / rows(a));
}

/** Observed over predicted acceptances, of the others less of the group. */
export const conditionalAcceptance = gap(rate(positives, labelledCalled), labelled);
/** Observed over predicted rejections, of the group less of the others. */
export const conditionalRejection = gap(rate(negatives, labelledRest), labelled, -1);
/** Recall: how much more rarely the group's deserving rows are found. */
export const recallDifference = gap(
  rate((c) => c.truePositives, positives),
  labelled,
);
/** Specificity, of the group less of the others. */
export const specificityDifference = gap(
  rate((c) => c.trueNegatives, negatives),
  labelled,
  -1,
);
/** Acceptance rates: precision of the others less that of the group. */
export const acceptanceRates = gap(
  rate((c) => c.truePositives, labelledCalled),
  labelled,
);
/** Rejection rates: precision of the negative answer, of the group less of the others. */
export const rejectionRates = gap(
  rate((c) => c.trueNegatives, labelledRest),
  labelled,
  -1,
);
export const accuracyDifference = gap(rate(right, labelled), labelled);
/** Treatment equality: missed over wrongly accepted rows, of the group less of the others. */
export const treatmentEquality = gap(
  rate(
    (c) => c.falseNegatives,
    (c) => c.falsePositives,
  ),
  labelled,
  -1,
);

/**
 * Generalized entropy index (α = 2) of what rows get beyond what they deserve, b = predicted − actual + 1; of all labelled rows
 * of both sides, 0 when all get the same.
 *
 * @returns undefined without labelled rows, and when every row is a false negative
 */
export function generalizedEntropy({ a, d }: Sides): number | undefined {
  const total = (of: (c: GroupCell) => number) => of(a) + of(d);
  const [n, over, just] = [total(labelled), total((c) => c.falsePositives), total(right)];
  const mean = (2 * over + just) / n;
  if (n === 0 || mean === 0) return undefined;
  const squares = (4 * over + just) / mean ** 2;
  return (squares - n) / (2 * n);
}
