import type { EvidentlyMethod } from './evidently.ts';
import type { NannymlMethod } from './nannyml.ts';
import type { PresetName } from './preset.ts';
import type { SageMakerMethod } from './sagemaker.ts';
import type { TfdvMethod } from './tfdv.ts';

interface Errors {
  readonly evidently: Partial<Record<EvidentlyMethod, number>>;
  readonly sagemaker: Partial<Record<SageMakerMethod, number>>;
  readonly tfdv: Partial<Record<TfdvMethod, number>>;
  readonly nannyml: Partial<Record<NannymlMethod, number>>;
}

/**
 * How far a numeric column's score from profiles of 256 bins and more may be from the score of the raw values, in the score's
 * own unit (Wasserstein: in σ). Measured over normal, uniform, lognormal, zero-inflated, whole and small columns; the tests fail
 * above it. Where every value has its own bin, and for named categories, the two are equal.
 */
const NUMERIC_ERROR: Errors = {
  evidently: {
    wasserstein: 2e-3,
    jensenshannon: 1e-2,
    hellinger: 1e-2,
    psi: 1e-2,
    kl_div: 2e-3,
    t_test: 1e-9,
  },
  sagemaker: { Simple: 1e-3, Robust: 1e-3 },
  tfdv: { jensen_shannon_divergence: 2e-3 },
  nannyml: { jensen_shannon: 1e-2, hellinger: 1e-2, kolmogorov_smirnov: 1e-3, wasserstein: 5e-3 },
};

/**
 * The stated error of a numeric column's score from profiles.
 *
 * @returns undefined for methods that have no score from profiles, and for p-values other than t's: their error is what an error
 * of 1e-3 in the distance makes of them
 * @example profileError('tfdv', 'jensen_shannon_divergence') // 0.002
 */
export function profileError(preset: PresetName, method: string): number | undefined {
  const errors: Readonly<Record<string, number | undefined>> = NUMERIC_ERROR[preset];
  return errors[method];
}
