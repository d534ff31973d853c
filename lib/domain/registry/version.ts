import type { PresetThresholds } from '../drift/preset-thresholds.ts';
import type { GateResult } from '../evaluation/gate-result.ts';
import type { FairnessReport } from '../fairness/fairness-report.ts';
import type { EstimateRecord } from '../quality/estimate-error.ts';
import type { MetricName } from '../spec.ts';

export type VersionStatus =
  | 'candidate'
  | 'approved'
  | 'rejected'
  | 'in-service'
  | 'previous'
  /** Its endpoint goes; nothing releases it any more. */
  | 'retiring'
  | 'retired';

export interface ModelVersion {
  readonly model: string;
  readonly number: number;
  readonly status: VersionStatus;
  readonly runId: string;
  readonly specHash: string;
  readonly featuresHash: string;
  readonly codeHash: string;
  readonly image: string;
  readonly modelDataUrl: string;
  /** Measured by the platform on the holdout, never by the trainer. */
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>;
  readonly baselineMetrics: Readonly<Partial<Record<MetricName, number>>>;
  /** The champion's at the time, on the same holdout. */
  readonly championMetrics?: Readonly<Partial<Record<MetricName, number>>>;
  /** What it showed on the golden set, if the spec names one. */
  readonly golden?: GoldenResult;
  readonly holdoutRows: number;
  readonly gates: readonly GateResult[];
  /** Keys in the artifacts bucket: the bins and the reference profile of its training data. */
  readonly binningKey: string;
  readonly referenceProfileKey: string;
  /** Key in the artifacts bucket: what its holdout taught about its scores; absent when it taught nothing. */
  readonly calibrationKey?: string;
  /** How far its estimates were off once labels came, over its windows so far. */
  readonly estimateRecord?: EstimateRecord;
  /** How alike its holdout and its answers on it treat the declared groups. */
  readonly fairness?: FairnessReport;
  /** How much its answers go with each feature (`feature.x`), 0–1, on the holdout: see `featureImportance`. */
  readonly importance?: Readonly<Record<string, number>>;
  /** Thresholds of its columns by NannyML's rule, where its spec asks for them: see `learnThresholds`. */
  readonly presetThresholds?: PresetThresholds;
  /** Newest event time it learned from, holdout excluded. */
  readonly trainedUntil: string;
  readonly createdAt: string;
  readonly inServiceSince?: string;
  readonly retiredAt?: string;
}

/** Cases that must stay right, which no version learned from. */
export interface GoldenResult {
  /** Id of the dataset version. */
  readonly dataset: string;
  readonly rows: number;
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>;
  readonly championMetrics?: Readonly<Partial<Record<MetricName, number>>>;
}
