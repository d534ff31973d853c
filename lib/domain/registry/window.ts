import type { FoundCause } from '../causes/cause.ts';
import type { ColumnDrift } from '../drift/column-drift.ts';
import type { JointScore } from '../drift/joint-drift.ts';
import type { PresetReport } from '../drift/preset-report.ts';
import type { SegmentDrift } from '../drift/segment-scores.ts';
import type { DriftVerdict } from '../drift/verdict.ts';
import type { RecentVerdict } from '../drift/window-verdict.ts';
import type { MetricIntervals } from '../evaluation/intervals.ts';
import type { FairnessReport } from '../fairness/fairness-report.ts';
import type { Finding } from '../findings.ts';
import type { EstimateErrors } from '../quality/estimate-error.ts';
import type { EstimatedQuality } from '../quality/estimated-quality.ts';
import type { QualityChange } from '../quality/quality-change.ts';
import type { LabelFacts } from '../quality/window-quality.ts';
import type { MetricName } from '../spec.ts';

/** Drift of one version's served predictions in one interval of event time. */
export interface DriftWindow {
  readonly model: string;
  readonly kind: 'drift';
  readonly version: number;
  /** Half open, ISO 8601 UTC. */
  readonly start: string;
  readonly end: string;
  readonly rows: number;
  readonly verdict: DriftVerdict;
  /** Of the window by itself; `verdict` also looks at the last ones, as the spec asks. */
  readonly alone?: DriftVerdict;
  /** Share (0–1) of its rows that were counted. */
  readonly coverage?: number;
  /** Watched columns, the one that matters most first; the report has all of them with all details. */
  readonly columns: readonly ColumnDrift[];
  /** Weighted mean of min(effect/threshold, 4) over all columns. */
  readonly priority?: number;
  /** Where among declared segments the drift lies, largest effect first. */
  readonly segments?: readonly SegmentDrift[];
  /** Numeric columns together; absent where they were not counted so. */
  readonly joint?: JointScore;
  /** What the library that the spec names would say; it lists the columns that drift by its rules. */
  readonly preset?: PresetReport;
  /** The last windows by themselves, this one included, oldest first. */
  readonly recent?: readonly RecentVerdict[];
  /** Share (0–1) of judged columns that drifted. */
  readonly shareDrifted: number;
  /** A sentence: what moved, by how much. */
  readonly explanation: string;
  readonly profileKey: string;
  /** Key of the `DriftReport` in the artifacts bucket. */
  readonly reportKey?: string;
  /** Content hash of the logged objects it was counted from: a repeat with the same hash changes nothing. */
  readonly sourcesHash: string;
  /** What its scores alone let expect of its quality, before any label. */
  readonly estimate?: EstimatedQuality;
  /** What its rows break of the spec's rules for serving, errors first. */
  readonly findings?: readonly Finding[];
  readonly revision: number;
  /** What is behind it; absent until it is routed, after its scoring. */
  readonly causes?: readonly FoundCause[];
  /** Id of the drift signal that was raised for it. */
  readonly signal?: string;
  readonly scoredAt: string;
}

/** Realized quality of one version in one interval, as far as labels have come. */
export interface QualityWindow {
  readonly model: string;
  readonly kind: 'quality';
  readonly version: number;
  readonly start: string;
  readonly end: string;
  readonly rows: number;
  readonly labelled: number;
  /** Share (0–1) of rows with a label. */
  readonly labelCoverage: number;
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>;
  /** The metrics with the range that holds the true one 95 times of 100. */
  readonly intervals?: MetricIntervals;
  readonly labels?: LabelFacts;
  /** What its scores alone let expect, of all its rows; and how far the same estimate is off for the labelled ones. */
  readonly estimate?: EstimatedQuality;
  readonly estimateErrors?: EstimateErrors;
  /** How its quality changed since the holdout, split into mix and concept. */
  readonly changes?: readonly QualityChange[];
  /** How alike its rows and answers treat the declared groups. */
  readonly fairness?: FairnessReport;
  /** Content hash of the label and prediction objects read: a repeat with the same hash changes nothing. */
  readonly labelsHash: string;
  /** Content hash of its corrected and contested predictions; absent where there are none. */
  readonly correctionsHash?: string;
  /** The last export's upload, and all exports, oldest first. */
  readonly datasetUploadId?: string;
  readonly exports?: readonly WindowExport[];
  readonly revision: number;
  readonly scoredAt: string;
}

/** One time that a window's labelled predictions were laid into the landing bucket. */
export interface WindowExport {
  readonly uploadId: string;
  /** Counts from 1. */
  readonly revision: number;
  /** Wall clock, ISO 8601 UTC: what was received later is not in it. */
  readonly until: string;
  /** Labelled predictions when the window was measured, and how many of them were written: contested ones are not. */
  readonly labelled: number;
  readonly rows: number;
  /** Of the written rows those whose outcome the model influenced. */
  readonly influenced: number;
  /** As the window had it. */
  readonly correctionsHash?: string | undefined;
}
