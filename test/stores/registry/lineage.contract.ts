import { describe, expect, it } from 'vitest';
import type { Registry } from '../../../lib/stores/registry/registry.ts';
import { aModel, anEntry } from './registry.contract.ts';

/** What every registry promises of where things come from and what became of them. */
export function lineageContract(name: string, open: () => Registry): void {
  describe(`${name}, lineage`, () => {
    it('walks from a prediction to raw objects and back', async () => {
      const registry = open();
      const model = aModel();
      const object = { kind: 'object', id: `${model}/raw/a.parquet` } as const;
      const dataset = { kind: 'dataset', id: `${model}/d1` } as const;
      const run = { kind: 'run', id: `${model}/r1` } as const;
      const version = { kind: 'version', id: `${model}/1` } as const;
      await registry.link([object, object], dataset);
      await registry.decide(model, () => ({
        answer: 0,
        entry: anEntry({ inputs: [dataset], outputs: [run] }),
      }));
      await registry.decide(model, () => ({
        answer: 0,
        entry: anEntry({ inputs: [run], outputs: [version] }),
      }));
      const prediction = { kind: 'prediction', id: `${model}/1-2026112413-k3` } as const;
      const back = await registry.lineage(prediction, 'in', 9);
      expect(back.nodes).toEqual([prediction, version, run, dataset, object]);
      expect(back.edges).toContainEqual({ from: dataset, to: run, entry: `${model}#1` });
      expect(back.truncated).toBe(false);
      expect((await registry.lineage(object, 'out', 2)).nodes).toEqual([object, dataset, run]);
    });

    it('draws every edge of an entry with more inputs than one transaction holds', async () => {
      const registry = open();
      const model = aModel();
      const inputs = Array.from(
        { length: 130 },
        (_, i) => ({ kind: 'dataset', id: `${model}/d${i}` }) as const,
      );
      const run = { kind: 'run', id: `${model}/r1` } as const;
      await registry.decide(model, () => ({ answer: 0, entry: anEntry({ inputs, outputs: [run] }) }));
      expect((await registry.lineage(run, 'in', 1)).nodes).toHaveLength(131);
      expect((await registry.lineage(inputs[129] ?? run, 'out', 1)).nodes).toHaveLength(2);
    });

    it('draws the edges that a decision has beside those of its entry', async () => {
      const registry = open();
      const model = aModel();
      const dataset = { kind: 'dataset', id: `${model}/d1` } as const;
      const list = { kind: 'dataset-list', id: `${model}/l1` } as const;
      const run = { kind: 'run', id: `${model}/r1` } as const;
      const links = [{ from: dataset, to: list }];
      const entry = anEntry({ inputs: [list], outputs: [run] });
      await registry.decide(model, () => ({ answer: 0, entry, links }));
      expect((await registry.lineage(run, 'in', 2)).edges).toEqual([
        { from: list, to: run, entry: `${model}#1` },
        { from: dataset, to: list },
      ]);
    });
  });
}
