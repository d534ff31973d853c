import { ConflictError } from '../../lib/domain/errors.ts';
import { rowCheck } from '../../lib/domain/predictions/row-check.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import { closedModel } from '../../lib/domain/roles.ts';
import { endpointName } from '../../lib/names.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredSpec } from '../../lib/stores/required.ts';
import type { Champion, ChampionDeps } from './deps.ts';

/** A promotion or a rollback takes effect within this time. */
const HEAD_CACHED_MS = 5000;

interface Cached {
  readonly readAtMs: number;
  readonly champion: Champion;
}

/**
 * Finds the version in service and keeps what it needs to answer: its own spec and features, never the newest spec's. The head is
 * read again when it is 5 seconds old; the rest only when the champion has changed.
 * @throws ForbiddenError for an unknown model, ConflictError for one with no version in service
 */
export function championsOf(deps: ChampionDeps): (model: string) => Promise<Champion> {
  const cache = new Map<string, Promise<Cached>>();
  const refresh = async (model: string, before: Promise<Cached> | undefined): Promise<Cached> => {
    const readAtMs = deps.now().getTime();
    const head = await deps.registry.head(model);
    if (head === undefined || head.deleted === true) throw closedModel(model);
    if (head.champion === undefined) throw new ConflictError(`model ${model} has no version in service yet`);
    const known = await before?.catch(() => undefined);
    if (known?.champion.version === head.champion) return { readAtMs, champion: known.champion };
    const champion = await prepare(model, head.champion, deps);
    known?.champion.features.close();
    return { readAtMs, champion };
  };
  return async (model) => {
    const kept = cache.get(model);
    const known = await kept?.catch(() => undefined);
    if (known !== undefined && deps.now().getTime() - known.readAtMs < HEAD_CACHED_MS) return known.champion;
    // Another call may have begun to refresh while this one waited.
    const current = cache.get(model);
    const refreshing = current === kept || current === undefined ? refresh(model, kept) : current;
    cache.set(model, refreshing);
    try {
      return (await refreshing).champion;
    } catch (error) {
      if (cache.get(model) === refreshing) cache.delete(model);
      throw error;
    }
  };
}

async function prepare(model: string, number: number, deps: ChampionDeps): Promise<Champion> {
  const { registry } = deps;
  const version = await requiredItem<ModelVersion>(registry, model, sk.version(number));
  const spec = await requiredSpec(registry, model, version.specHash);
  return {
    version: number,
    endpointName: endpointName(deps.stage, model, number),
    spec,
    features: await deps.createFeatures(spec),
    check: rowCheck(spec),
  };
}
