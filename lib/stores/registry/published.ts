import { pad } from '../../names.ts';
import type { Registry } from './registry.ts';
import { sk } from './sort-keys.ts';

/** How far a model's chain is on the bus: every entry up to this one was published at least once. */
interface Published {
  /** Padded, so that it is raised like any other mark. */
  readonly seq?: string;
}

export async function publishedSeq(registry: Registry, model: string): Promise<number> {
  const item = await registry.get<Published>(model, sk.published);
  return Number(item?.seq ?? 0);
}

/** Only without a gap: what was given up on before `from` must stay visible to the sweep. */
export async function markPublished(
  registry: Registry,
  model: string,
  from: number,
  to: number,
): Promise<void> {
  const published = await publishedSeq(registry, model);
  if (from <= published + 1 && to > published) await registry.raise(model, sk.published, 'seq', pad(to));
}
