import type { LineageNode } from '../../domain/ledger.ts';
import { impliedInputs, type LineageEdge, type LineageGraph, nodeKey } from '../../domain/lineage.ts';

/** A page for people and a bound on reads; a spec or an image may lead to thousands of runs. */
const MAX_NODES = 500;

/** Breadth first from `start`; `edgesAt` answers the edges of one node in the walk's direction. */
export async function walkLineage(
  start: LineageNode,
  direction: 'in' | 'out',
  depth: number,
  edgesAt: (node: LineageNode) => Promise<readonly LineageEdge[]>,
): Promise<LineageGraph> {
  const nodes = new Map([[nodeKey(start), start]]);
  const edges: LineageEdge[] = [];
  let frontier = [start];
  let truncated = false;
  for (let hop = 0; hop < depth && frontier.length > 0; hop++) {
    const found = await Promise.all(frontier.map(edgesAt));
    const next: LineageNode[] = [];
    for (const edge of [...found.flat(), ...implied(frontier, direction)]) {
      const node = direction === 'in' ? edge.from : edge.to;
      const known = nodes.has(nodeKey(node));
      if (!known && nodes.size >= MAX_NODES) {
        truncated = true;
        continue;
      }
      edges.push(edge);
      if (known) continue;
      nodes.set(nodeKey(node), node);
      next.push(node);
    }
    frontier = next;
  }
  return { nodes: [...nodes.values()], edges, truncated };
}

function implied(nodes: readonly LineageNode[], direction: 'in' | 'out'): readonly LineageEdge[] {
  if (direction === 'out') return [];
  return nodes.flatMap((to) => impliedInputs(to).map((from) => ({ from, to })));
}
