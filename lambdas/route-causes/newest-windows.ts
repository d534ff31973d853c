import type { DriftWindow } from '../../lib/domain/registry/window.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { windowsFromNewest } from '../../lib/stores/registry/windows-from-newest.ts';

/**
 * Drift windows of all versions, from the newest back until one is enough.
 *
 * @returns oldest first, the one that was enough left out
 */
export async function newestWindows(
  model: string,
  isEnough: (window: DriftWindow, read: readonly DriftWindow[]) => boolean,
  registry: Registry,
): Promise<readonly DriftWindow[]> {
  const read: DriftWindow[] = [];
  for await (const window of windowsFromNewest(model, registry)) {
    if (isEnough(window, read)) break;
    read.push(window);
  }
  return read.reverse();
}
