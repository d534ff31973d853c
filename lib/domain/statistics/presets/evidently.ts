import { andersonDarling } from '../anderson-darling.ts';
import { chiSquareFit } from '../chi-square-fit.ts';
import { cramerVonMises, SCIPY_SMALLEST_TERM } from '../cramer-von-mises.ts';
import { energyDistance } from '../energy-distance.ts';
import { eppsSingleton } from '../epps-singleton.ts';
import { fisherExact } from '../fisher-exact.ts';
import { jensenShannonDistance } from '../jensen-shannon.ts';
import { ksPValue } from '../kolmogorov-smirnov.ts';
import { kullbackLeibler } from '../kullback-leibler.ts';
import { mannWhitney } from '../mann-whitney.ts';
import { psi } from '../psi.ts';
import { type Sample, totalOf } from '../result.ts';
import { tTest } from '../t-test.ts';
import { twoProportionZ } from '../two-proportion.ts';
import { normalisedWasserstein } from '../wasserstein.ts';
import type { ColumnPair, PairedCounts } from './column-pair.ts';
import { sturgesEdges } from './equal-width.ts';
import type { PresetMethod } from './preset.ts';

/** A numeric reference with no more different values than this is compared value by value. */
const FEW_VALUES = 20;

const effect = { appliesTo: 'both', threshold: 0.1, alarm: 'at-least' } as const;
const shift = { appliesTo: 'numeric', threshold: 0.1 } as const;
const p05 = { threshold: 0.05, alarm: 'below' } as const;

/**
 * Evidently 0.7.21: every test of its catalogue that is a function of the data. Not here: those that draw random numbers from
 * numpy (permutation p of TVD and empirical MMD) and those that train a classifier (text, domain classifier).
 */
export const EVIDENTLY = {
  ks: { title: 'K-S p_value', appliesTo: 'numeric', threshold: 0.05, alarm: 'at-most', score: ksScore },
  chisquare: { title: 'chi-square p_value', appliesTo: 'both', ...p05, score: fitP },
  z: { title: 'Z-test p_value', appliesTo: 'both', ...p05, score: zP },
  wasserstein: {
    title: 'Wasserstein distance (normed)',
    ...shift,
    alarm: 'at-least',
    score: (pair) => normalisedWasserstein(pair.wasserstein(), pair.shape('reference').sigma),
  },
  jensenshannon: {
    title: 'Jensen-Shannon distance',
    ...effect,
    score: onCells((cells) => jensenShannonDistance(cells.reference, cells.current)),
  },
  psi: { title: 'PSI', ...effect, score: onCells((cells) => psi(cells.reference, cells.current)) },
  kl_div: {
    title: 'Kullback-Leibler divergence',
    ...effect,
    score: onCells((cells) => kullbackLeibler(cells.reference, cells.current)),
  },
  hellinger: { title: 'Hellinger distance', ...effect, score: hellingerScore },
  ed: {
    title: 'Energy-distance',
    ...shift,
    alarm: 'above',
    score: onSamples((x, y) => energyDistance(x, y)),
  },
  t_test: { title: 't_test', appliesTo: 'numeric', ...p05, score: tP },
  mannw: {
    title: 'Mann-Whitney U-rank test',
    appliesTo: 'numeric',
    ...p05,
    score: onSamples((x, y) => mannWhitney(x, y, 'less')?.p),
  },
  es: {
    title: 'Epps-Singleton',
    appliesTo: 'numeric',
    ...p05,
    score: onSamples((x, y) => eppsSingleton(x, y)?.p),
  },
  anderson: {
    title: 'Anderson-Darling',
    ...shift,
    alarm: 'below',
    score: onSamples((x, y) => andersonDarling(x, y)?.p),
  },
  cramer_von_mises: {
    title: 'Cramer-Von-Mises',
    ...shift,
    alarm: 'at-most',
    score: onSamples((x, y) => cramerVonMises(x, y, SCIPY_SMALLEST_TERM)?.p),
  },
  fisher_exact: {
    title: 'Fisher’s Exact test',
    appliesTo: 'categorical',
    threshold: 0.1,
    alarm: 'below',
    score: fisherP,
  },
} as const satisfies Record<string, PresetMethod>;

export type EvidentlyMethod = keyof typeof EVIDENTLY;

/** Reference rows up to which Evidently tests, and above which it measures distances. */
const SMALL_REFERENCE = 1000;

/**
 * Which test Evidently takes by itself.
 *
 * Source: Evidently 0.7.21 `_get_default_stattest`.
 * @example of 500 reference rows of numbers: 'ks'; of 5,000: 'wasserstein'
 */
export function evidentlyDefault(pair: ColumnPair): EvidentlyMethod {
  const small = pair.rows.reference <= SMALL_REFERENCE;
  const many = pair.kind === 'numeric' && pair.distinct.pooled > 5;
  if (many) return small ? 'ks' : 'wasserstein';
  if (!small) return 'jensenshannon';
  return pair.distinct.pooled > 2 ? 'chisquare' : 'z';
}

function ksScore(pair: ColumnPair): number {
  return ksPValue(pair.ksDistance(), pair.rows.reference, pair.rows.current);
}

function fitP(pair: ColumnPair): number | undefined {
  const cells = pair.categories();
  return chiSquareFit(cells.reference, cells.current)?.p;
}

/** The rate of rows that are not the smallest value. */
function zP(pair: ColumnPair): number | undefined {
  const { reference, current } = pair.categories();
  const others = (counts: readonly number[]) => totalOf(counts.slice(1));
  return twoProportionZ(others(reference), pair.rows.reference, others(current), pair.rows.current)?.p;
}

function tP(pair: ColumnPair): number | undefined {
  const [a, b] = (['reference', 'current'] as const).map((side) => {
    const { n, mean, sigma } = pair.shape(side);
    return { n, mean, m2: n * sigma * sigma };
  });
  return a === undefined || b === undefined ? undefined : tTest(a, b)?.p;
}

/** Rows by value when there are few, else by bins of equal width over both sides. */
function cellsOf(pair: ColumnPair): PairedCounts {
  if (pair.kind === 'categorical' || pair.distinct.reference <= FEW_VALUES) return pair.categories();
  return pair.histogram(sturgesEdges(pair.shape('pooled'), pair.integers));
}

function onCells(measure: (cells: PairedCounts) => number | undefined): PresetMethod['score'] {
  return (pair) => measure(cellsOf(pair));
}

function onSamples(measure: (x: Sample, y: Sample) => number | undefined): PresetMethod['score'] {
  return ({ samples }) => samples && measure(samples.reference, samples.current);
}

/** Its bins are as many as Sturges wants for the different values, not for the rows; √(1 − Σ√(pq)) as Evidently has it. */
function hellingerScore(pair: ColumnPair): number {
  const edges = () => sturgesEdges({ ...pair.shape('pooled'), n: pair.distinct.pooled }, pair.integers);
  const { reference, current } = pair.kind === 'categorical' ? pair.categories() : pair.histogram(edges());
  const [n, m] = [totalOf(reference), totalOf(current)];
  const overlap = reference.reduce(
    (sum, count, i) => sum + Math.sqrt((count / n) * ((current[i] as number) / m)),
    0,
  );
  return Math.sqrt(1 - Math.min(1, overlap));
}

/** Evidently refuses sides of unequal length and more than two values. */
function fisherP(pair: ColumnPair): number | undefined {
  const { reference, current } = pair.categories();
  if (pair.rows.reference !== pair.rows.current || reference.length > 2) return undefined;
  return fisherExact(reference[0] ?? 0, pair.rows.reference, current[0] ?? 0, pair.rows.current);
}
