import type { GateResult } from '../gates.ts';
import type { MetricName } from '../spec.ts';

export type VersionStatus = 'candidate' | 'approved' | 'rejected' | 'in-service' | 'previous' | 'retired';

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
  readonly holdoutRows: number;
  readonly gates: readonly GateResult[];
  /** Keys in the artifacts bucket: the bins and the reference profile of its training data. */
  readonly binningKey: string;
  readonly referenceProfileKey: string;
  /** Newest event time it learned from, holdout excluded. */
  readonly trainedUntil: string;
  readonly createdAt: string;
  readonly inServiceSince?: string;
  readonly retiredAt?: string;
}
