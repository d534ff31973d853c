import type { SchemaDiff } from '../../lib/domain/constraints/schema-diff.ts';
import type { EntryBody, LineageNode, Verification } from '../../lib/domain/ledger.ts';
import type { LineageGraph } from '../../lib/domain/lineage.ts';
import type { PredictionOutput } from '../../lib/domain/predictions/record.ts';
import type { Approval } from '../../lib/domain/registry/approval.ts';
import type { DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Release } from '../../lib/domain/registry/release.ts';
import type { TokenRecord } from '../../lib/domain/registry/token.ts';
import type { DriftWindow, QualityWindow } from '../../lib/domain/registry/window.ts';
import type { MetricName, ModelSpec } from '../../lib/domain/spec.ts';

/** What the API answers; the nouns are the domain's. */
export type { LineageGraph, LineageNode, Verification };

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly cursor?: string;
}

export interface PageQuery {
  readonly limit?: number;
  readonly cursor?: string;
}

export type ModelView = Omit<Head, 'deleted'> & { readonly spec: ModelSpec };

export interface SpecApplied {
  readonly model: string;
  readonly specHash: string;
  readonly changed: boolean;
  readonly schemaDiff?: SchemaDiff;
}

export interface Deletion {
  readonly dryRun: boolean;
  readonly model: string;
  readonly removes: { readonly endpoints: readonly string[]; readonly schedules: readonly string[] };
  readonly keeps: { readonly versions: number; readonly datasets: number; readonly ledgerEntries: number };
}

export interface UploadView {
  readonly uploadId: string;
  readonly status: 'open' | 'processing' | 'accepted' | 'rejected' | 'failed';
  readonly datasetId?: string;
  readonly dataset?: DatasetVersion;
}

export type Prediction = PredictionOutput & { readonly predictionId: string; readonly id?: string };

export interface Predictions {
  readonly model: string;
  readonly version: number;
  readonly predictions: readonly Prediction[];
  readonly logged: boolean;
}

export interface Label {
  readonly predictionId?: string;
  readonly id?: string;
  readonly eventTime?: string;
  readonly label: string | number | boolean;
  readonly revision?: number;
  readonly source?: string;
  readonly labeller?: string;
  readonly influenced?: boolean;
}

export interface LabelsAccepted {
  readonly accepted: number;
  readonly errors: readonly { readonly index: number; readonly path: string; readonly message: string }[];
}

export type Window = DriftWindow | QualityWindow;

/** Times at or after `from` and before `to`. */
export interface TimeQuery extends PageQuery {
  readonly from?: string;
  readonly to?: string;
}

export interface IncidentQuery extends TimeQuery {
  readonly status?: 'open' | 'closed';
}

export interface SeriesQuery {
  readonly from?: string;
  readonly to?: string;
  readonly version?: number;
  /** Exactly one of the two. */
  readonly column?: string;
  readonly metric?: MetricName;
}

export interface WindowQuery extends TimeQuery {
  readonly kind?: 'drift' | 'quality';
  readonly version?: number;
}

export interface Monitoring {
  readonly id: string;
  readonly status: 'running' | 'succeeded' | 'failed';
}

export type Entry = EntryBody & {
  readonly model: string;
  readonly actorName?: string;
  readonly seq: number;
  readonly hash: string;
  readonly prevHash: string;
};

export interface LedgerQuery extends PageQuery {
  readonly after?: number;
  readonly order?: 'oldest' | 'newest';
}

export interface Decided {
  readonly approval: Approval;
  readonly release?: Release;
}

export type TokenView = Omit<TokenRecord, 'sha256'>;

export interface TokenWanted {
  readonly name: string;
  readonly roles: TokenRecord['roles'];
  readonly models?: readonly string[];
  readonly expiresAt?: string;
}

export interface Live {
  readonly model: string;
  readonly at: string;
  readonly version?: number;
  readonly since?: string;
  readonly actor?: string;
  readonly actorName?: string;
  readonly reason?: string;
}
