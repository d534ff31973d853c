import type { EvidentlyMethod } from './evidently.ts';
import type { NannymlMethod } from './nannyml.ts';
import type { PresetName } from './preset.ts';
import type { SageMakerMethod } from './sagemaker.ts';
import type { TfdvMethod } from './tfdv.ts';

/**
 * What the rows that are compared look like: `alike` lie where those of the reference do, whatever their number; `moved` ones lie
 * anywhere, also all outside of it, as after a change of unit.
 */
export type Compared = 'alike' | 'moved';

type Errors<Method extends string> = Partial<Record<Method, Partial<Record<Compared, number>>>>;

const always = (error: number) => ({ alike: error, moved: error });

/**
 * How far a numeric column's score from profiles of 256 bins and more may be from the score of the raw values, in the score's
 * own unit (Wasserstein: in σ), for references of 5,000 rows and more. Measured over normal, uniform, exponential, lognormal,
 * rounded, zero-inflated and whole columns, and of moved ones over changes of unit and sign, disjoint supports, columns that
 * changed places, and spreads; the tests fail above it. Where every value has its own bin, and for named categories, the two are
 * equal.
 *
 * No bound holds for moved rows where Evidently cuts cells over both sides: the bins of the reference say little of what lies
 * beyond it, and a logarithm makes much of whether such a cell is empty or has one row. An index of 29 may become 15, and a
 * Jensen-Shannon distance of 0.19 nothing, where a skewed column grew a hundredfold. Nor for NannyML's Kolmogorov-Smirnov
 * statistic of a reference of 10,000 rows and more where rows lie below its range: NannyML leaves the gap there out, and the
 * profile does not.
 */
const NUMERIC_ERROR: {
  readonly evidently: Errors<EvidentlyMethod>;
  readonly sagemaker: Errors<SageMakerMethod>;
  readonly tfdv: Errors<TfdvMethod>;
  readonly nannyml: Errors<NannymlMethod>;
} = {
  evidently: {
    wasserstein: always(5e-3),
    jensenshannon: { alike: 3e-2 },
    hellinger: { alike: 3e-2 },
    psi: { alike: 2e-2 },
    kl_div: { alike: 1e-2 },
    t_test: always(1e-9),
  },
  sagemaker: { Simple: always(5e-3), Robust: always(5e-3) },
  tfdv: { jensen_shannon_divergence: { alike: 5e-3, moved: 4e-2 } },
  nannyml: {
    jensen_shannon: always(3e-2),
    hellinger: always(3e-2),
    kolmogorov_smirnov: always(5e-3),
    wasserstein: always(1e-2),
  },
};

/**
 * The stated error of a numeric column's score from profiles.
 *
 * @returns undefined where none can be stated, for methods that have no score from profiles, and for p-values other than t's:
 * their error is what an error of 5e-3 in the distance makes of them
 * @example profileError('tfdv', 'jensen_shannon_divergence', 'alike') // 0.005
 */
export function profileError(preset: PresetName, method: string, compared: Compared): number | undefined {
  const errors: Errors<string> = NUMERIC_ERROR[preset];
  return errors[method]?.[compared];
}
