import { describe, expect, it } from 'vitest';
import type { LineageNode } from '../../lib/domain/ledger.ts';
import { edgesOf, impliedInputs, type LineageEdge } from '../../lib/domain/lineage.ts';
import { walkLineage } from '../../lib/stores/registry/lineage-walk.ts';

const node = (kind: LineageNode['kind'], id: string): LineageNode => ({ kind, id });

describe('edgesOf', () => {
  it('draws every input into every output once', () => {
    const inputs = [node('dataset', 'm/d'), node('dataset', 'm/d'), node('spec', 'm/s')];
    const edges = edgesOf({ inputs, outputs: [node('run', 'm/r')] }, 'm#7');
    expect(edges).toEqual([
      { from: node('dataset', 'm/d'), to: node('run', 'm/r'), entry: 'm#7' },
      { from: node('spec', 'm/s'), to: node('run', 'm/r'), entry: 'm#7' },
    ]);
  });
});

describe('impliedInputs', () => {
  it('reads the version out of a prediction’s id', () => {
    expect(impliedInputs(node('prediction', 'churn/12-2026112413-k3'))).toEqual([
      node('version', 'churn/12'),
    ]);
    expect(impliedInputs(node('prediction', 'nonsense'))).toEqual([]);
    expect(impliedInputs(node('run', 'churn/12-2026112413-k3'))).toEqual([]);
  });
});

describe('walkLineage', () => {
  const fanOut = async (at: LineageNode): Promise<readonly LineageEdge[]> =>
    at.id === 'root' ? Array.from({ length: 900 }, (_, i) => ({ from: at, to: node('run', `${i}`) })) : [];

  it('stops at its limit and says so', async () => {
    const graph = await walkLineage(node('spec', 'root'), 'out', 3, fanOut);
    expect(graph.nodes).toHaveLength(500);
    expect(graph.truncated).toBe(true);
  });

  it('ends in a circle', async () => {
    const circle = async (at: LineageNode) => [{ from: at, to: node('run', at.id === 'a' ? 'b' : 'a') }];
    const graph = await walkLineage(node('run', 'a'), 'out', 50, circle);
    expect(graph.nodes).toHaveLength(2);
    expect(graph.truncated).toBe(false);
  });
});
