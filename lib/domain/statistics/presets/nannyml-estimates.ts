import { type Sample, sorted } from '../result.ts';
import { histogramOf, linspace } from './equal-width.ts';

const BINS = 10_000;

interface Samples {
  readonly reference: Sample;
  readonly current: Sample;
}

/**
 * The Kolmogorov-Smirnov distance as NannyML has it for a reference of 10,000 rows and more: gaps of the distribution functions
 * at the ends of 10,000 equally wide bins of the reference only.
 *
 * Source: NannyML 0.13.1 `KolmogorovSmirnovStatistic._calculate`, estimated.
 */
export function estimatedKs(samples: Samples): number {
  return Math.max(...gapsOf(samples).gaps);
}

/**
 * The Wasserstein distance as NannyML has it there: the gaps times the width of a bin, and what rows outside the reference's
 * range add. Its tail terms count one row too many, which is kept.
 *
 * Source: NannyML 0.13.1 `WassersteinDistance._calculate`, estimated.
 */
export function estimatedWasserstein(samples: Samples): number {
  const { ascending, edges } = gapsOf(samples);
  const [first, last] = [edges[0] as number, edges.at(-1) as number];
  const rows = ascending.length;
  const below = ascending.filter((value) => value < first);
  const above = ascending.filter((value) => value > last);
  const lower = below.length === 0 ? 0 : (below.length + 1) / rows;
  const upper = above.length === 0 ? 0 : (above.length + 1) / rows;
  const within = gapsOf(samples, lower).gaps.reduce((sum, gap) => sum + gap, 0);
  const width = (edges[1] as number) - first;
  return within * width + lower * areaUnderSteps([...below, first]) + upper * areaOverSteps([last, ...above]);
}

function gapsOf({ reference, current }: Samples, below?: number) {
  const ascending = sorted(current);
  const known = sorted(reference);
  const edges = linspace(known[0] as number, known.at(-1) as number, BINS);
  const [f, g] = [histogramOf(known, edges), histogramOf(ascending, edges)];
  const outside = ascending.findIndex((value) => value >= (edges[0] as number));
  const start = below ?? (outside < 0 ? ascending.length : outside) / ascending.length;
  let [atF, atG] = [0, start];
  const gaps = f.map((count, i) => {
    atF += count / known.length;
    atG += (g[i] as number) / ascending.length;
    return Math.abs(atF - atG);
  });
  return { gaps, edges, ascending };
}

/** ∫ of the distribution function of the values, between the first and the last. */
function areaUnderSteps(ascending: readonly number[]): number {
  const n = ascending.length;
  return ascending
    .slice(1)
    .reduce((sum, value, i) => sum + ((i + 1) / n) * (value - (ascending[i] as number)), 0);
}

/** ∫ of what it leaves to 1. */
function areaOverSteps(ascending: readonly number[]): number {
  const n = ascending.length;
  return ascending
    .slice(1)
    .reduce((sum, value, i) => sum + (1 - (i + 1) / n) * (value - (ascending[i] as number)), 0);
}
