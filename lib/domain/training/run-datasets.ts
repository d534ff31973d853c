import { contentHash } from '../canonical-json.ts';
import type { LineageNode } from '../ledger.ts';
import type { LineageEdge } from '../lineage.ts';
import type { Run } from '../registry/run.ts';

type Reader = Pick<Run, 'model' | 'datasets'>;

/** Datasets that an entry names one by one: they take a third of the bytes that it may have. */
const MOST_NAMED = 500;

/** Datasets that one run may read: their ids still fit into its item. */
export const MOST_DATASETS = 5000;

/**
 * What a run reads, as the inputs of its entries: its datasets, or of very many the one list of them, which is named by its content.
 *
 * @example datasetInputs({ model: 'churn', datasets: ['d1'] }) // [{ kind: 'dataset', id: 'churn/d1' }]
 */
export function datasetInputs(run: Reader): readonly LineageNode[] {
  return isNamed(run) ? datasetNodes(run) : [listNode(run)];
}

/** What leads from the datasets to their list; none where the entries name each. */
export function datasetLinks(run: Reader): readonly LineageEdge[] {
  if (isNamed(run)) return [];
  const to = listNode(run);
  return datasetNodes(run).map((from) => ({ from, to }));
}

const isNamed = ({ datasets }: Reader) => datasets.length <= MOST_NAMED;

function datasetNodes({ model, datasets }: Reader): readonly LineageNode[] {
  return datasets.map((id) => ({ kind: 'dataset', id: `${model}/${id}` }));
}

function listNode({ model, datasets }: Reader): LineageNode {
  return { kind: 'dataset-list', id: `${model}/${contentHash(datasets)}` };
}
