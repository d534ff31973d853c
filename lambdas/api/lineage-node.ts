import { contentHash } from '../../lib/domain/canonical-json.ts';
import { InvalidInputError } from '../../lib/domain/errors.ts';
import type { LineageNode } from '../../lib/domain/ledger.ts';
import { addressOf } from '../../lib/domain/predictions/prediction-id.ts';
import type { DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';

/** As many characters of a hash as lists print, or more; fewer might name another thing tomorrow. */
const SHORT_ID = /^[0-9a-f]{12,63}$/;

/** What `predict` ends its ids with. */
const UUID_AT_END = /-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The node that a caller means: a dataset or spec may be named as lists print it, by the beginning of its hash. */
export async function nodeMeant(node: LineageNode, registry: Registry): Promise<LineageNode> {
  const [model, short] = partsOf(node);
  if (!SHORT_ID.test(short)) return node;
  if (node.kind === 'dataset') {
    const { items } = await registry.list<DatasetVersion>(model, sk.dataset(short), { limit: 2 });
    return meant(
      node,
      items.map(({ id }) => id),
    );
  }
  if (node.kind !== 'spec') return node;
  const { items } = await registry.list<ModelSpec>(model, sk.spec(short), { limit: 2 });
  return meant(node, items.map(contentHash));
}

function meant(node: LineageNode, found: readonly string[]): LineageNode {
  if (found.length > 1)
    throw new InvalidInputError(`${node.kind} ${node.id} is the beginning of several ids`, {
      details: [{ path: 'param.id', message: 'must be longer' }],
    });
  return { ...node, id: [partsOf(node)[0], found[0] ?? partsOf(node)[1]].join('/') };
}

/**
 * Whether a prediction may be in the log. No item is kept for each, so this is as far as the registry knows: its version has
 * served on its day, and its id is one that `predict` makes.
 */
export async function mayBeLogged(prediction: LineageNode, registry: Registry): Promise<boolean> {
  const [model, id] = partsOf(prediction);
  const address = addressOf(id);
  if (address === undefined || !UUID_AT_END.test(id)) return false;
  const day = await registry.get(model, sk.served(address.version, address.date));
  return day !== undefined;
}

function partsOf({ id }: LineageNode): readonly [model: string, id: string] {
  const slash = id.indexOf('/');
  return slash < 0 ? [id, ''] : [id.slice(0, slash), id.slice(slash + 1)];
}
