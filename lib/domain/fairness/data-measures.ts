import { totalOf } from '../statistics/result.ts';
import { divide } from './clarify-arithmetic.ts';
import type { GroupCell } from './group-counts.ts';
import { labelled, positives, rows, type Sides } from './sides.ts';

/*
 * Bias that is in the data before any model: SageMaker Clarify, pre-training metrics (Amazon AI Fairness and Explainability
 * Whitepaper, 2020; values as of smclarify 0.5). Each answers undefined where it cannot be measured.
 */

/** How much rarer the group is than all others, −1 to 1; of all rows. */
export function classImbalance({ a, d }: Sides): number | undefined {
  if (rows(a) === 0 || rows(d) === 0) return undefined;
  return (rows(a) - rows(d)) / (rows(a) + rows(d));
}

/** Difference in positive proportions in labels: how much less often the group's label is favourable, −1 to 1. */
export function labelProportions({ a, d }: Sides): number | undefined {
  if (labelled(a) === 0 || labelled(d) === 0) return undefined;
  return positives(a) / labelled(a) - positives(d) / labelled(d);
}

export type LabelDistance = (a: readonly number[], d: readonly number[]) => number;

export const kullbackLeibler: LabelDistance = (a, d) =>
  a.reduce((sum, p, i) => sum + (p === 0 ? 0 : p * Math.log(p / (d[i] as number))), 0);

export const jensenShannon: LabelDistance = (a, d) => {
  const middle = a.map((p, i) => (p + (d[i] as number)) / 2);
  return (kullbackLeibler(a, middle) + kullbackLeibler(d, middle)) / 2;
};

export const euclidean: LabelDistance = (a, d) => Math.hypot(...a.map((p, i) => p - (d[i] as number)));

export const totalVariation: LabelDistance = (a, d) =>
  a.reduce((sum, p, i) => sum + Math.abs(p - (d[i] as number)), 0) / 2;

/** The largest gap between shares of one label; no distribution functions are compared, in spite of its usual name. */
export const largestGap: LabelDistance = (a, d) =>
  Math.max(...a.map((p, i) => Math.abs(p - (d[i] as number))));

/**
 * A distance between the label distributions of two sides.
 *
 * @param support `shared`: as Clarify has it, labels that only one side shows are dropped and the rest is not scaled up again, so
 * that a label that the group never gets leaves no trace. `full`: all labels count.
 */
export function labelDistance(
  { a, d }: Sides,
  distance: LabelDistance,
  support: 'shared' | 'full',
): number | undefined {
  const [la, ld] = [new Map(a.labels), new Map(d.labels)];
  // Of the labels themselves: a draw has them apart from its answers, and shares that do not sum to 1 are no distribution.
  const [na, nd] = [totalOf([...la.values()]), totalOf([...ld.values()])];
  if (na === 0 || nd === 0) return undefined;
  const all = [...new Set([...la.keys(), ...ld.keys()])].sort();
  const kept = support === 'full' ? all : all.filter((label) => la.get(label) && ld.get(label));
  if (kept.length === 0) return undefined;
  const shares = (of: ReadonlyMap<string, number>, n: number) =>
    kept.map((label) => (of.get(label) ?? 0) / n);
  return distance(shares(la, na), shares(ld, nd));
}

/**
 * Conditional demographic disparity: how much larger the group's share is among the rejected than among the accepted, within
 * each stratum, weighted by the strata's rows.
 *
 * @param accepted rows of a side that have the favourable outcome @param all rows of it that have any
 * @returns −1 to 1; undefined unless some rows are accepted and some are not
 */
export function conditionalDisparity(
  { strata }: Sides,
  accepted: (cell: GroupCell) => number,
  all: (cell: GroupCell) => number,
): number | undefined {
  let [disparity, total, yes] = [0, 0, 0];
  for (const { a, d } of strata) {
    const [yesD, yesAll] = [accepted(d), accepted(a) + accepted(d)];
    const n = all(a) + all(d);
    const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
    disparity += n * (share(all(d) - yesD, n - yesAll) - share(yesD, yesAll));
    total += n;
    yes += yesAll;
  }
  return yes === 0 || yes === total ? undefined : divide(disparity, total);
}
