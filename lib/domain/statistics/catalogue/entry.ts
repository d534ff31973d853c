import type { ShiftStatistic } from '../equivalent-shift.ts';

/** What a statistic can be of. */
export type Subject =
  | 'numeric'
  | 'categorical'
  | 'boolean'
  | 'high-cardinality'
  | 'text'
  | 'timestamp'
  | 'missingness'
  | 'volume'
  | 'joint'
  | 'prediction';

/** One statistic, for people and for reports: what it is of, how it is read, and from where it is much. */
export interface StatisticEntry {
  readonly name: string;
  readonly title: string;
  readonly appliesTo: readonly Subject[];
  /** The subjects whose verdict it decides. */
  readonly decides?: readonly Subject[];
  readonly unit: string;
  /** Smallest and largest value it can have. */
  readonly range: readonly [number, number];
  /** The side on which it is bad: a p-value is when low, an odds ratio on both. */
  readonly worse: 'higher' | 'lower' | 'both';
  /** Absent where there is no usual one. On both sides: the distance from `neutral`. */
  readonly warn?: number;
  readonly alert?: number;
  /** The value of no change; 0 unless said. */
  readonly neutral?: number;
  /** Where a threshold can be told as a shift of a normal column: see `equivalentShift`. */
  readonly shift?: ShiftStatistic;
  readonly source: string;
}
