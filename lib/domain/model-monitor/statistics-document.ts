import type { Binning, ColumnBinning } from '../profile/binning.ts';
import { type ColumnProfile, type NumericProfile, standardDeviation } from '../profile/column-profile.ts';
import { estimateDistinct } from '../profile/distinct-sketch.ts';
import type { Profile } from '../profile/profile.ts';
import { type Bucket, tenBuckets } from './ten-buckets.ts';

interface Common {
  readonly num_present: number;
  readonly num_missing: number;
}

interface NumericalStatistics {
  readonly common: Common;
  readonly mean?: number;
  readonly sum?: number;
  readonly std_dev?: number;
  readonly min?: number;
  readonly max?: number;
  readonly distribution?: { readonly kll: { readonly buckets: readonly Bucket[] } };
}

interface StringStatistics {
  readonly common: Common;
  readonly distinct_count?: number;
  readonly distribution?: {
    readonly categorical: { readonly buckets: readonly { readonly value: string; readonly count: number }[] };
  };
}

export interface MonitorFeature {
  readonly name: string;
  readonly inferred_type: 'Integral' | 'Fractional' | 'String';
  readonly numerical_statistics?: NumericalStatistics;
  readonly string_statistics?: StringStatistics;
}

/** `statistics.json` of SageMaker Model Monitor. */
export interface StatisticsDocument {
  readonly version: 0;
  readonly dataset: { readonly item_count: number };
  readonly features: readonly MonitorFeature[];
}

/**
 * A profile as SageMaker Model Monitor writes it. Counts are exact; distinct counts are estimates there and here. The buckets end at
 * edges of the profile's own bins, so there is no sketch beside them. What is not known is left out: distinct counts of times, and
 * moments of no values.
 *
 * @returns a number is Integral when none has a fraction; categories, texts and times are String
 * Source: Amazon SageMaker Developer Guide, "Schema for Statistics (statistics.json file)".
 * @example statisticsDocument(profile, binning).dataset // { item_count: 2000 }
 */
export function statisticsDocument({ rows, columns }: Profile, binning: Binning): StatisticsDocument {
  const features = Object.entries(columns).map(([name, column]) =>
    featureOf(name, column, rows, binning.columns[name]),
  );
  return { version: 0, dataset: { item_count: rows }, features };
}

function featureOf(
  name: string,
  column: ColumnProfile,
  rows: number,
  binning: ColumnBinning | undefined,
): MonitorFeature {
  const common = { num_present: column.n, num_missing: rows - column.n };
  if (column.kind !== 'numeric')
    return { name, inferred_type: 'String', string_statistics: { common, ...valuesOf(column) } };
  const edges = binning?.kind === 'numeric' ? binning.edges : [];
  return {
    name,
    inferred_type: column.counts.nonInteger === 0 ? 'Integral' : 'Fractional',
    numerical_statistics: { common, ...momentsOf(column, edges) },
  };
}

function momentsOf(column: NumericProfile, edges: readonly number[]): Omit<NumericalStatistics, 'common'> {
  const { n, mean, min, max, bins } = column;
  if (min === null || max === null) return {};
  return {
    mean,
    sum: mean * n,
    std_dev: standardDeviation(column),
    min,
    max,
    distribution: { kll: { buckets: tenBuckets({ edges, counts: bins.counts, min, max }) } },
  };
}

function valuesOf(column: Exclude<ColumnProfile, NumericProfile>): Omit<StringStatistics, 'common'> {
  if (column.kind === 'timestamp') return {};
  const distinct = { distinct_count: Math.round(estimateDistinct(column.distinct)) };
  if (column.kind === 'text') return distinct;
  const buckets = column.values.map(([value, count]) => ({ value, count }));
  return { ...distinct, distribution: { categorical: { buckets } } };
}
