import {
  type ColumnProfile,
  missingOf,
  type NumericProfile,
  standardDeviation,
} from '../profile/column-profile.ts';
import { estimateDistinct } from '../profile/distinct-sketch.ts';
import { longestGapMs } from '../profile/timestamp-profile.ts';
import { chiSquareHomogeneity } from '../statistics/chi-square.ts';
import { cramersV } from '../statistics/cramers-v.ts';
import { hellinger } from '../statistics/hellinger.ts';
import { jensenShannonCorrected, jensenShannonDistance } from '../statistics/jensen-shannon.ts';
import { ksBracket } from '../statistics/kolmogorov-smirnov.ts';
import { lInfinity } from '../statistics/l-infinity.ts';
import { type Missing, missingness } from '../statistics/missingness.ts';
import { psi, psiCorrected } from '../statistics/psi.ts';
import { kolmogorovSf } from '../statistics/special/kolmogorov.ts';
import { totalVariation } from '../statistics/total-variation.ts';
import { unseenMass } from '../statistics/unseen-mass.ts';
import type { AskColumn } from './ask-column.ts';
import { categoryCells } from './category-cells.ts';
import { equalGroups, sumOver } from './equal-groups.ts';
import { unitOf } from './numeric-effect.ts';

type Named = Readonly<Record<string, number | undefined>>;

const HOUR_MS = 3_600_000;

/**
 * What else people know a drift by, from the same counts: nothing is decided by it. Names are those of the catalogue of
 * statistics; what cannot be measured is left out.
 */
export function otherStatistics(input: AskColumn): Readonly<Record<string, number>> {
  const { reference, window } = input;
  const all: Named = {
    ...ofValues(input),
    ...ofDistinct(reference, window),
    ...ofMissing(reference, window),
  };
  const measured = Object.entries(all).filter(([, value]) => value !== undefined && Number.isFinite(value));
  return Object.fromEntries(measured) as Record<string, number>;
}

function ofValues({ reference, window, binning }: AskColumn): Named {
  if (reference.n === 0 || window.n === 0) return {};
  if (reference.kind === 'numeric' && window.kind === 'numeric' && binning.kind === 'numeric')
    return ofNumbers(reference, window, binning.edges);
  if (reference.kind === 'categorical' && window.kind === 'categorical') {
    const cells = categoryCells(reference, window);
    return {
      psi: psi(cells.reference, cells.window),
      'unseen-share': unseenMass(cells.reference, cells.window)?.share,
      ...ofShares(cells.reference, cells.window),
    };
  }
  if (reference.kind === 'text' && window.kind === 'text')
    return {
      'trigrams-jensen-shannon': jensenShannonDistance(reference.trigrams, window.trigrams),
      'length-ratio': window.length.mean / reference.length.mean,
      'words-ratio': window.tokens.mean / reference.tokens.mean,
    };
  if (window.kind === 'timestamp') return { 'longest-gap-hours': longestGapMs(window) / HOUR_MS };
  return {};
}

function ofNumbers(reference: NumericProfile, window: NumericProfile, edges: readonly number[]): Named {
  const [a, b] = [reference.bins.counts, window.bins.counts];
  const over = (groups: number) => {
    const cells = equalGroups(a, groups);
    return [sumOver(a, cells), sumOver(b, cells)] as const;
  };
  const [deciles, shares] = [over(10), over(32)];
  const ks = ksBracket(a, b, edges);
  const unit = unitOf(reference);
  return {
    'mean-shift': unit === 0 ? undefined : (window.mean - reference.mean) / unit,
    'sd-ratio': unit === 0 ? undefined : standardDeviation(window) / standardDeviation(reference),
    'ks-lower': ks?.lower,
    'ks-upper': ks?.upper,
    // By the limit law: exact lattice counts would take longer than all else, and nothing is decided by it.
    'ks-p': ks && kolmogorovSf(ks.lower * Math.sqrt((reference.n * window.n) / (reference.n + window.n))),
    'psi-10': psiCorrected(...deciles),
    'js-32': jensenShannonCorrected(...shares),
    ...ofShares(...shares),
  };
}

function ofShares(a: readonly number[], b: readonly number[]): Named {
  return {
    hellinger: hellinger(a, b),
    'total-variation': totalVariation(a, b),
    'l-infinity': lInfinity(a, b)?.distance,
    'cramers-v': cramersV(a, b, true),
    'chi-square-p': chiSquareHomogeneity(a, b, { cochran: true })?.p,
  };
}

function ofMissing(reference: ColumnProfile, window: ColumnProfile): Named {
  const [before, after] = [reference, window].map((column) => {
    const missing = missingOf(column);
    return { missing, rows: column.n + missing };
  }) as [Missing, Missing];
  const share = ({ missing, rows }: Missing) => missing / Math.max(1, rows);
  const change = missingness(before, after);
  return {
    'missing-before': share(before),
    'missing-after': share(after),
    'missing-change': change?.estimate,
    'two-proportion-p': change?.p,
  };
}

/** Rows a value from which on further rows bring hardly any new one: of one expected ten times, one in 22,000 is never seen. */
const ROWS_A_VALUE = 10;

/**
 * Of a column whose values mostly differ, more rows have more values: without any change, for a tenth of the rows, a tenth of
 * them to all. There the ratio is beyond what the number of rows explains, and 1 where that explains it.
 */
function ofDistinct(reference: ColumnProfile, window: ColumnProfile): Named {
  if (reference.kind === 'timestamp' || window.kind === 'timestamp') return {};
  const before = estimateDistinct(reference.distinct);
  if (before === 0) return {};
  const ratio = estimateDistinct(window.distinct) / before;
  if (before * ROWS_A_VALUE <= Math.min(reference.n, window.n)) return { 'distinct-ratio': ratio };
  const rows = window.n / reference.n;
  const explained = Math.min(Math.max(ratio, Math.min(1, rows)), Math.max(1, rows));
  return { 'distinct-ratio': explained === 0 ? 0 : ratio / explained };
}
