import { type LedgerEntry, type NewEntry, PLATFORM, sealEntry } from '../../domain/ledger.ts';
import { edgesOf, type LineageEdge } from '../../domain/lineage.ts';
import { type Head, newHead } from '../../domain/registry/head.ts';
import type { Decision, Write } from './registry.ts';
import { modelPartition, sk } from './sort-keys.ts';

/** What one decision changes, worked out before any of it is written. */
export interface Commit {
  readonly entry: LedgerEntry;
  readonly head: Head;
  readonly writes: readonly Write[];
  readonly edges: readonly LineageEdge[];
  readonly links: readonly LineageEdge[];
}

export function commitOf(
  model: string,
  before: Head | undefined,
  decision: Decision<unknown> & { readonly entry: NewEntry },
): Commit {
  const base = before ?? newHead(model, decision.entry.at);
  const entry = sealEntry(model, base.ledger, decision.entry);
  return {
    entry,
    head: { ...base, ...decision.head, model, ledger: { seq: entry.seq, hash: entry.hash } },
    writes: decision.writes ?? [],
    edges: edgesOf(
      { inputs: decision.entry.inputs ?? [], outputs: decision.entry.outputs ?? [] },
      `${model}#${entry.seq}`,
    ),
    links: decision.links ?? [],
  };
}

/** The head as a write: listed among the models, or the deleted ones, unless it is the platform's. */
export function headWrite(head: Head): Write {
  if (head.model === PLATFORM) return { sk: sk.head, item: head };
  return {
    sk: sk.head,
    item: head,
    kind: head.deleted ? 'deleted-model' : 'model',
    sortedAt: head.createdAt,
  };
}

export const partitionOf = (model: string, write: Write) => write.pk ?? modelPartition(model);

/** The two items of an edge: the same hop found from either end. */
export function edgeItems(edge: LineageEdge): readonly { pk: string; sk: string; item: LineageEdge }[] {
  const from = `${edge.from.kind}#${edge.from.id}`;
  const to = `${edge.to.kind}#${edge.to.id}`;
  return [
    { pk: `NODE#${from}`, sk: `OUT#${to}`, item: edge },
    { pk: `NODE#${to}`, sk: `IN#${from}`, item: edge },
  ];
}
