/** What happened, in the past tense; also the detail type of the event that the outbox publishes. */
export const ACTIONS = [
  'spec-applied',
  'model-deleted',
  'dataset-accepted',
  'dataset-rejected',
  'run-started',
  'run-restarted',
  'run-evaluated',
  'run-closed',
  'retraining-suppressed',
  'approval-decided',
  'release-started',
  'release-failed',
  'champion-changed',
  'window-scored',
  'quality-measured',
  'window-exported',
  'drift-found',
  'monitoring-failed',
  'intake-failed',
  'incident-opened',
  'incident-closed',
  'kill-switch-set',
  'retirement-started',
  'retirement-failed',
  'version-retired',
  'token-issued',
  'token-revoked',
] as const;
export type Action = (typeof ACTIONS)[number];

export const NODE_KINDS = [
  'object',
  'dataset',
  'spec',
  'features',
  'code',
  'image',
  'platform',
  'run',
  'version',
  'release',
  'window',
  'prediction',
] as const;
/** One point of the lineage graph. Ids of things that belong to a model are `<model>/<id>`. */
export interface LineageNode {
  readonly kind: (typeof NODE_KINDS)[number];
  readonly id: string;
}

/** A sentence for a person, with what to open next; the rule to SNS passes it whole. */
export interface Alert {
  readonly severity: 'info' | 'warning' | 'critical';
  readonly sentence: string;
  /** What to look up: `runs/<id>`, `versions/3`, `windows/…` below `/models/<model>/`. */
  readonly link: string;
}

/** The body of one ledger entry; stored verbatim as RFC 8785 canonical JSON. */
export interface EntryBody {
  /** ISO 8601 UTC, wall clock. */
  readonly at: string;
  /** `token/<id>` of a person or program, or `platform/<verb>`. */
  readonly actor: string;
  readonly action: Action;
  /** `<kind>/<id>` below the model: `run/…`, `version/3`, `dataset/…`. */
  readonly subject: string;
  readonly inputs: readonly LineageNode[];
  readonly outputs: readonly LineageNode[];
  /** Numbers and words of the decision, with its reasons; never data, never secrets. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly alert?: Alert;
}

export interface LedgerEntry {
  readonly model: string;
  readonly seq: number;
  /** Hash of the entry before; sixty-four zeros for the first. */
  readonly prevHash: string;
  /** `sha256(prevHash + body)`, hex; also the id of the published event. */
  readonly hash: string;
  readonly body: string;
}

/** The chain of decisions that belong to no model (tokens, settings). */
export const PLATFORM = '_platform';
