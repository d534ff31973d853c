import { canonicalJson, sha256Hex } from './canonical-json.ts';
import { InvalidInputError } from './errors.ts';

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
  'incident-extended',
  'incident-closed',
  'incident-windows-kept',
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
  /** Very many datasets as one input, by the hash of their ids. */
  'dataset-list',
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

/** What a decision says for its entry; the registry adds sequence and hashes. */
export interface NewEntry extends Omit<EntryBody, 'inputs' | 'outputs'> {
  readonly inputs?: readonly LineageNode[];
  readonly outputs?: readonly LineageNode[];
}

/** Where a chain stands: the sequence and hash of its newest entry. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** An entry becomes one event, and those hold 256 KiB; a quarter is left for what JSON escapes on the way. */
const MAX_ENTRY_BYTES = 192 * 1024;

/** The head of a chain without entries. */
export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: '0'.repeat(64) };

/**
 * The entry that follows `prev` in its model's chain.
 *
 * @param prev head of the chain so far; `EMPTY_CHAIN` for the first entry, which gets sequence 1
 * @returns the entry, its body as RFC 8785 canonical JSON, its hash `sha256(prevHash + body)` in hex
 * @throws InvalidInputError when the body holds what JSON cannot say (NaN, Infinity), or does not fit into an event
 * @example sealEntry('churn', EMPTY_CHAIN, { at, actor, action: 'spec-applied', subject, facts: {} }).seq // 1
 */
export function sealEntry(model: string, prev: ChainHead, entry: NewEntry): LedgerEntry {
  const body = canonicalJson({ ...entry, inputs: entry.inputs ?? [], outputs: entry.outputs ?? [] });
  const bytes = Buffer.byteLength(body);
  if (bytes > MAX_ENTRY_BYTES)
    throw new InvalidInputError(
      `a ledger entry must fit into ${MAX_ENTRY_BYTES} bytes, got ${bytes} for ${entry.subject}`,
    );
  return { model, seq: prev.seq + 1, prevHash: prev.hash, hash: hashOf(prev.hash, body), body };
}

/** The body of an entry as its writer meant it; the only source for readers. */
export function entryBody(entry: LedgerEntry): EntryBody {
  return JSON.parse(entry.body) as EntryBody;
}

export type Verification =
  | { readonly verified: true; readonly entries: number }
  | {
      readonly verified: false;
      readonly entries: number;
      readonly brokenAt: number;
      readonly reason: string;
    };

/**
 * Recomputes a whole chain from its first entry.
 *
 * @param entries every entry of one model, oldest first
 * @param head what the model's head says the newest entry is; a shorter or other chain is broken at its end
 * @returns how many entries hold, and for a broken chain the sequence and reason of the first break
 * @example verifyChain([]) // { verified: true, entries: 0 }
 */
export function verifyChain(entries: readonly LedgerEntry[], head?: ChainHead): Verification {
  let prev = EMPTY_CHAIN;
  for (const entry of entries) {
    const reason = breakOf(entry, prev);
    if (reason !== undefined) return { verified: false, entries: prev.seq, brokenAt: prev.seq + 1, reason };
    prev = { seq: entry.seq, hash: entry.hash };
  }
  if (head !== undefined && (head.seq !== prev.seq || head.hash !== prev.hash))
    return {
      verified: false,
      entries: prev.seq,
      brokenAt: prev.seq + 1,
      reason: `the chain must end at entry ${head.seq} with hash ${head.hash}, got ${prev.seq} with ${prev.hash}`,
    };
  return { verified: true, entries: prev.seq };
}

function breakOf(entry: LedgerEntry, prev: ChainHead): string | undefined {
  const seq = prev.seq + 1;
  if (entry.seq !== seq) return `entry ${seq} is missing, got ${entry.seq}`;
  if (entry.prevHash !== prev.hash)
    return `entry ${seq} must follow hash ${prev.hash}, got ${entry.prevHash}`;
  const hash = hashOf(entry.prevHash, entry.body);
  if (entry.hash !== hash) return `entry ${seq} must have hash ${hash} by its body, got ${entry.hash}`;
  return undefined;
}

function hashOf(prevHash: string, body: string): string {
  return sha256Hex(prevHash + body);
}
