import {
  classImbalance,
  conditionalDisparity,
  euclidean,
  jensenShannon,
  kullbackLeibler,
  type LabelDistance,
  labelDistance,
  labelProportions,
  largestGap,
  totalVariation,
} from './data-measures.ts';
import type { GroupCell } from './group-counts.ts';
import * as quality from './quality-measures.ts';
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

export const BIAS_MEASURES = [
  'CI',
  'DPL',
  'KL',
  'JS',
  'LP',
  'TVD',
  'KS',
  'CDDL',
  'DPPL',
  'DI',
  'CDDPL',
  'DCAcc',
  'DCR',
  'RD',
  'SD',
  'DAR',
  'DRR',
  'AD',
  'TE',
  'GE',
] as const;
export type BiasMeasureName = (typeof BIAS_MEASURES)[number];

export interface BiasMeasure {
  readonly name: BiasMeasureName;
  readonly title: string;
  /** What it is measured on: labels alone, answers alone, or both. */
  readonly of: 'data' | 'predictions' | 'quality';
  /** As SageMaker Clarify defines it; undefined where it cannot be measured, infinite where it divides by none. */
  readonly value: (sides: Sides) => number | undefined;
  /** The same with the labels that Clarify drops because only one side shows them. */
  readonly fullSupport?: (sides: Sides) => number | undefined;
  /** Rows of a side that it divides by. */
  readonly base: (side: GroupCell) => number;
  /** Where it should lie; measures without a range that people have agreed on are shown and not judged. */
  readonly allowed?: readonly [number, number];
}

/** A tenth of the rows treated otherwise: what the fairness literature and Clarify's own examples take as worth a look. */
const TENTH = [-0.1, 0.1] as const;
/** Four fifths and its inverse: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D (1978). */
const FOUR_FIFTHS = [0.8, 1.25] as const;

const distance = (name: BiasMeasureName, title: string, of: LabelDistance): BiasMeasure => ({
  name,
  title,
  of: 'data',
  value: (sides) => labelDistance(sides, of, 'shared'),
  fullSupport: (sides) => labelDistance(sides, of, 'full'),
  base: labelled,
});

/** Every measure of SageMaker Clarify that adds up; its flip test needs single rows and is not offered. */
export const MEASURES: readonly BiasMeasure[] = [
  { name: 'CI', title: 'class imbalance', of: 'data', value: classImbalance, base: rows },
  {
    name: 'DPL',
    title: 'difference in favourable labels',
    of: 'data',
    value: labelProportions,
    base: labelled,
    allowed: TENTH,
  },
  distance('KL', 'Kullback-Leibler divergence of labels', kullbackLeibler),
  distance('JS', 'Jensen-Shannon divergence of labels', jensenShannon),
  distance('LP', 'Euclidean distance of label shares', euclidean),
  distance('TVD', 'total variation distance of labels', totalVariation),
  distance('KS', 'largest gap of a label share', largestGap),
  {
    name: 'CDDL',
    title: 'conditional disparity of labels',
    of: 'data',
    value: (sides) => conditionalDisparity(sides, positives, labelled),
    base: labelled,
  },
  {
    name: 'DPPL',
    title: 'difference in favourable answers',
    of: 'predictions',
    value: quality.predictedProportions,
    base: rows,
    allowed: TENTH,
  },
  {
    name: 'DI',
    title: 'disparate impact',
    of: 'predictions',
    value: quality.disparateImpact,
    base: rows,
    allowed: FOUR_FIFTHS,
  },
  {
    name: 'CDDPL',
    title: 'conditional disparity of answers',
    of: 'predictions',
    value: (sides) => conditionalDisparity(sides, called, rows),
    base: rows,
  },
  measured('DCAcc', 'difference in conditional acceptance', quality.conditionalAcceptance, labelledCalled),
  measured('DCR', 'difference in conditional rejection', quality.conditionalRejection, labelledRest),
  measured('RD', 'recall difference', quality.recallDifference, positives, TENTH),
  measured('SD', 'specificity difference', quality.specificityDifference, negatives, TENTH),
  measured('DAR', 'difference in acceptance rates', quality.acceptanceRates, labelledCalled, TENTH),
  measured('DRR', 'difference in rejection rates', quality.rejectionRates, labelledRest, TENTH),
  measured('AD', 'accuracy difference', quality.accuracyDifference, labelled, TENTH),
  measured('TE', 'treatment equality', quality.treatmentEquality, (c) => c.falsePositives),
  measured('GE', 'generalized entropy of both sides', quality.generalizedEntropy, labelled),
];

function measured(
  name: BiasMeasureName,
  title: string,
  value: BiasMeasure['value'],
  base: BiasMeasure['base'],
  allowed?: BiasMeasure['allowed'],
): BiasMeasure {
  return { name, title, of: 'quality', value, base, ...(allowed && { allowed }) };
}
