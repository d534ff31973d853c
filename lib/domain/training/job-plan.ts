import { contentHash } from '../canonical-json.ts';
import type { ModelSpec } from '../spec.ts';

/** One of the two models that every run trains. */
export interface Job {
  /** As SageMaker wants them: every value a string. */
  readonly hyperparameters: Readonly<Record<string, string>>;
  /** Content keys of the results: of an equal training, of its predictions on the holdout. */
  readonly trainingKey: string;
  readonly transformKey: string;
  /** Of results that exist already. */
  readonly modelDataUrl?: string;
  readonly predictionsUri?: string;
}

export type Role = 'baseline' | 'challenger';

/** The results that a training and a transform job leave. */
export interface TrainingResult {
  readonly modelDataUrl: string;
}
export interface TransformResult {
  /** The job's output folder, `s3://…`. */
  readonly predictionsUri: string;
}

/** The simple interpretable model that a challenger must beat, and what challenges it, unless the spec says otherwise. */
const ALGORITHM: Record<Role, string> = { baseline: 'linear', challenger: 'gradient-boosting' };

/**
 * What both models of a run are trained with, named by content: equal data, code, image and hyperparameters are one result,
 * whatever run asks for it.
 *
 * @example planJob('baseline', spec, { contentKey, codeHash, image }).hyperparameters.algorithm // 'linear'
 */
export function planJob(
  role: Role,
  spec: ModelSpec,
  from: { readonly contentKey: string; readonly codeHash: string; readonly image: string },
): Job {
  const hyperparameters = {
    task: spec.task,
    label: spec.schema.label,
    algorithm: ALGORITHM[role],
    ...texts(spec.training[role]),
  };
  const trainingKey = contentHash({ job: 'training', ...from, hyperparameters });
  return { hyperparameters, trainingKey, transformKey: contentHash({ job: 'transform', trainingKey }) };
}

/**
 * The name of a champion's predictions on a holdout.
 *
 * @param holdout the folder's key
 */
export function championTransformKey(modelDataUrl: string, holdout: string): string {
  return contentHash({ job: 'transform', modelDataUrl, holdout });
}

function texts(parameters: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
}
