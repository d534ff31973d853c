import { contentHash } from '../canonical-json.ts';
import type { PresetThresholds } from '../drift/preset-thresholds.ts';
import { fairnessColumns } from '../fairness/measure-fairness.ts';
import type { Run } from '../registry/run.ts';
import type { ModelSpec } from '../spec.ts';
import { featuresHash } from './features-hash.ts';

/** Counts up when the files of a prepared set change their meaning, so that no run reads an older one's. */
const FORMAT = 2;

/** The golden set in a prepared one: lines in a holdout's folder, where the same batch transform scores them, and labels. */
export const GOLDEN_LINES = 'golden.jsonl';
export const GOLDEN_LABELS = 'golden-labels/part-0.parquet';

/** What lies below `prepared/<model>/<contentKey>/`; written last, so a set that has it is whole. */
export interface PreparedSet {
  readonly contentKey: string;
  readonly rows: {
    readonly train: number;
    readonly validation: number;
    readonly holdout: number;
    readonly golden?: number;
  };
  /** Rows whose outcome the model influenced, if there were any: a share of each part at most, by a hash of time and id. */
  readonly influenced?: {
    readonly training: { readonly kept: number; readonly leftOut: number };
    readonly holdout: { readonly kept: number; readonly leftOut: number };
  };
  /** Newest event time of train and validation, ISO 8601 UTC. */
  readonly trainedUntil: string;
  readonly label: string;
  readonly featureColumns: readonly string[];
  /** Keys in the artifacts bucket: bins and reference profile of inputs and features of what is trained on. */
  readonly binningKey: string;
  readonly profileKey: string;
  /** Of those columns, where the spec asks for NannyML's rules: see `learnThresholds`. */
  readonly presetThresholds?: PresetThresholds;
}

/**
 * The name of a prepared set: what its files follow from. A failed run that starts again, and a second run on the same data,
 * find the files of the first.
 *
 * @example preparedSetKey(run, spec) === preparedSetKey({ ...run, id: 'another' }, spec) // true
 */
export function preparedSetKey(
  run: Pick<Run, 'datasets' | 'from' | 'holdoutFrom' | 'to'>,
  spec: ModelSpec,
): string {
  return contentHash({
    format: FORMAT,
    datasets: [...run.datasets].sort(),
    from: run.from,
    holdoutFrom: run.holdoutFrom,
    to: run.to,
    schema: spec.schema,
    features: featuresHash(spec),
    validationShare: spec.training.validationShare,
    maxInfluencedShare: spec.training.maxInfluencedShare,
    golden: spec.evaluation.golden,
    groups: spec.fairness && fairnessColumns(spec.fairness),
    ignore: spec.monitoring.drift.ignore,
    segments: spec.monitoring.segments,
    learnsPreset: spec.monitoring.drift.preset === 'nannyml',
  });
}

/**
 * The files of a prepared set: for the trainer, for the batch transform, and what both must not see.
 *
 * @example setParts(spec).includes('holdout/part-0.jsonl') // true
 */
export function setParts({ evaluation }: ModelSpec): readonly string[] {
  return [
    'train/part-0.parquet',
    'validation/part-0.parquet',
    'holdout/part-0.jsonl',
    'labels/part-0.parquet',
    ...(evaluation.golden === undefined ? [] : [`holdout/${GOLDEN_LINES}`, GOLDEN_LABELS]),
  ];
}

/**
 * The holdout's folder in a prepared set. A champion with other features reads the same rows from a folder of its own.
 *
 * @example holdoutFolder(spec, spec) // 'holdout'
 */
export function holdoutFolder(spec: ModelSpec, reader: ModelSpec): string {
  const hash = featuresHash(reader);
  return hash === featuresHash(spec) ? 'holdout' : `holdout-${hash.slice(0, 16)}`;
}
