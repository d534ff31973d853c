import { lInfinity, lInfinityRobust } from '../l-infinity.ts';
import type { ColumnPair } from './column-pair.ts';
import type { PresetMethod } from './preset.ts';
import { regroupedFit } from './regrouped-fit.ts';

const rule = { threshold: 0.1, alarm: 'above' } as const;

/**
 * SageMaker Model Monitor's `baseline_drift_check`, as its engine Deequ computes it: largest gap of the distribution functions
 * (numbers) or of the shares (categories). Ranks are exact here, where Model Monitor's come from a KLL sketch.
 */
export const SAGEMAKER = {
  Simple: { title: 'L-infinity, simple', appliesTo: 'both', ...rule, score: largestGap },
  Robust: {
    title: 'L-infinity less a margin for chance',
    appliesTo: 'both',
    ...rule,
    score: (pair) => lInfinityRobust(largestGap(pair), pair.rows.reference, pair.rows.current),
  },
  ChiSquared: {
    title: 'chi-square p-value, small categories joined',
    appliesTo: 'categorical',
    threshold: 0.1,
    alarm: 'below',
    score: (pair) => {
      const { reference, current } = pair.categories();
      return regroupedFit(reference, current)?.p;
    },
  },
} as const satisfies Record<string, PresetMethod>;

export type SageMakerMethod = keyof typeof SAGEMAKER;

function largestGap(pair: ColumnPair): number {
  if (pair.kind === 'numeric') return pair.ksDistance();
  const { reference, current } = pair.categories();
  return lInfinity(reference, current)?.distance ?? Number.NaN;
}
