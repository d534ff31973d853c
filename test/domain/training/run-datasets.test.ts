import { describe, expect, it } from 'vitest';
import { datasetInputs, datasetLinks } from '../../../lib/domain/training/run-datasets.ts';

const reading = (n: number) => ({ model: 'churn', datasets: Array.from({ length: n }, (_, i) => `d${i}`) });

describe('what a run reads', () => {
  it('is named dataset by dataset', () => {
    expect(datasetInputs(reading(2))).toEqual([
      { kind: 'dataset', id: 'churn/d0' },
      { kind: 'dataset', id: 'churn/d1' },
    ]);
    expect(datasetInputs(reading(500))).toHaveLength(500);
    expect(datasetLinks(reading(500))).toEqual([]);
  });

  it('is one list where it is very much, which every dataset of it leads to', () => {
    const [list, ...more] = datasetInputs(reading(501));
    expect([list?.kind, more]).toEqual(['dataset-list', []]);
    expect(list?.id).toMatch(/^churn\/[0-9a-f]{64}$/);
    const links = datasetLinks(reading(501));
    expect(links).toHaveLength(501);
    expect(links[500]).toEqual({ from: { kind: 'dataset', id: 'churn/d500' }, to: list });
    expect(datasetInputs(reading(502))).not.toEqual([list]);
  });
});
