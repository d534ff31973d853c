import { chiSquareHomogeneity } from '../chi-square.ts';
import { hellinger } from '../hellinger.ts';
import { jensenShannonDistance } from '../jensen-shannon.ts';
import { lInfinity } from '../l-infinity.ts';
import { momentsOf } from '../moments.ts';
import { totalOf } from '../result.ts';
import type { ColumnPair, PairedCounts } from './column-pair.ts';
import { doaneEdges } from './equal-width.ts';
import { estimatedKs, estimatedWasserstein } from './nannyml-estimates.ts';
import type { PresetMethod } from './preset.ts';

/** Reference rows from which NannyML no longer sorts but counts in 10,000 equally wide bins. */
const ESTIMATED_FROM = 10_000;

/** Deviations above the mean of the reference's chunks that a score may reach. */
const DEVIATIONS = 3;

/** Its thresholds are learned from chunks of the reference, but for χ². */
const learned = { alarm: 'above' } as const;

/** NannyML 0.13.1: univariate drift. */
export const NANNYML = {
  jensen_shannon: {
    title: 'Jensen-Shannon distance, base 2',
    appliesTo: 'both',
    ...learned,
    score: onCells((cells) => jensenShannonDistance(cells.reference, cells.current, 2)),
  },
  hellinger: {
    title: 'Hellinger distance',
    appliesTo: 'both',
    ...learned,
    score: onCells((cells) => hellinger(cells.reference, cells.current)),
  },
  kolmogorov_smirnov: {
    title: 'Kolmogorov-Smirnov statistic',
    appliesTo: 'numeric',
    ...learned,
    score: (pair) => (estimates(pair) ? estimatedKs(pair.samples) : pair.ksDistance()),
  },
  wasserstein: {
    title: 'Wasserstein distance, in the column’s unit',
    appliesTo: 'numeric',
    ...learned,
    score: (pair) => (estimates(pair) ? estimatedWasserstein(pair.samples) : pair.wasserstein()),
  },
  chi2: {
    title: 'chi-square p-value',
    appliesTo: 'categorical',
    threshold: 0.05,
    alarm: 'below',
    score: (pair) => {
      const { reference, current } = pair.categories();
      return chiSquareHomogeneity(reference, current, { yates: true })?.p;
    },
  },
  l_infinity: {
    title: 'L-infinity distance',
    appliesTo: 'categorical',
    ...learned,
    score: (pair) => {
      const { reference, current } = pair.categories();
      return lInfinity(reference, current)?.distance;
    },
  },
} as const satisfies Record<string, PresetMethod>;

export type NannymlMethod = keyof typeof NANNYML;

/**
 * The score above which NannyML alerts: mean and three standard deviations (divisor n) of the reference's own chunks.
 *
 * @param scores of each chunk of the reference against all of it
 * @returns undefined for no chunks
 * Source: NannyML 0.13.1 `StandardDeviationThreshold`, clipped to 1 for the Kolmogorov-Smirnov statistic.
 * @example learnedThreshold([0.1, 0.2], 1) // 0.3
 */
export function learnedThreshold(
  scores: readonly (number | undefined)[],
  most = Number.POSITIVE_INFINITY,
): number | undefined {
  const known = scores.filter((score) => score !== undefined && !Number.isNaN(score)) as number[];
  if (known.length === 0) return undefined;
  const { n, mean, m2 } = momentsOf(known);
  return Math.min(most, mean + DEVIATIONS * Math.sqrt(m2 / n));
}

function estimates(pair: ColumnPair): pair is ColumnPair & Required<Pick<ColumnPair, 'samples'>> {
  return pair.samples !== undefined && pair.rows.reference >= ESTIMATED_FROM;
}

/** Doane's bins of the reference, or its categories; what lies outside them is one more cell. */
function onCells(measure: (cells: PairedCounts) => number | undefined): PresetMethod['score'] {
  return (pair) => {
    if (pair.rows.current === 0 || pair.rows.reference === 0) return undefined;
    const { reference, current } =
      pair.kind === 'numeric' ? pair.histogram(doaneEdges(pair.shape('reference'))) : knownCategories(pair);
    const outside = pair.rows.current - totalOf(current);
    return measure({ reference: [...reference, 0], current: [...current, outside] });
  };
}

function knownCategories(pair: ColumnPair): PairedCounts {
  const { reference, current } = pair.categories();
  const known = (counts: readonly number[]) => counts.filter((_, i) => (reference[i] as number) > 0);
  return { reference: known(reference), current: known(current) };
}
