import type { DriftWindow, QualityWindow } from '../../lib/domain/registry/window.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { skPrefix } from '../../lib/stores/registry/sort-keys.ts';

const PAGE = 50;

/**
 * Drift windows of all versions, from the newest back until one is enough: a year of hours is too much to read for one of them.
 *
 * @returns oldest first, the one that was enough left out
 */
export async function newestWindows(
  model: string,
  isEnough: (window: DriftWindow, read: readonly DriftWindow[]) => boolean,
  registry: Registry,
): Promise<readonly DriftWindow[]> {
  const read: DriftWindow[] = [];
  let cursor: string | undefined;
  do {
    const page = await registry.list<DriftWindow | QualityWindow>(model, skPrefix.window, {
      limit: PAGE,
      newestFirst: true,
      ...(cursor !== undefined && { cursor }),
    });
    for (const window of page.items) {
      if (window.kind !== 'drift') continue;
      if (isEnough(window, read)) return read.reverse();
      read.push(window);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return read.reverse();
}
