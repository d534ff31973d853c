import type { EntryBody, LineageNode } from './ledger.ts';

/** `from` went into `to`. */
export interface LineageEdge {
  readonly from: LineageNode;
  readonly to: LineageNode;
  /** `<model>#<seq>` of the ledger entry that says so; absent where a manifest or an id says it. */
  readonly entry?: string;
}

export interface LineageGraph {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  /** True when the walk stopped at its limit of nodes. */
  readonly truncated: boolean;
}

export const nodeKey = (node: LineageNode) => `${node.kind}#${node.id}`;

/** The edges that one ledger entry draws: every input into every output. */
export function edgesOf(entry: Pick<EntryBody, 'inputs' | 'outputs'>, id?: string): readonly LineageEdge[] {
  return distinct(entry.inputs).flatMap((from) =>
    distinct(entry.outputs).map((to) => ({ from, to, ...(id !== undefined && { entry: id }) })),
  );
}

export function distinct(nodes: readonly LineageNode[]): readonly LineageNode[] {
  return [...new Map(nodes.map((node) => [nodeKey(node), node])).values()];
}

/** Ids look like `<model>/<version>-<yyyyMMddHH>-<random>`. */
const PREDICTION_ID = /^([a-z][a-z0-9-]*)\/(\d+)-\d{10}-/;

/**
 * The edges that a node's own id says, so that no item is kept for each prediction:
 * a prediction came from the version in its id.
 *
 * @example impliedInputs({ kind: 'prediction', id: 'churn/3-2026112413-k3' }) // [{ kind: 'version', id: 'churn/3' }]
 */
export function impliedInputs(node: LineageNode): readonly LineageNode[] {
  const match = node.kind === 'prediction' ? PREDICTION_ID.exec(node.id) : null;
  return match ? [{ kind: 'version', id: `${match[1]}/${match[2]}` }] : [];
}
