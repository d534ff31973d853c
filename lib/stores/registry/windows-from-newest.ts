import type { DriftWindow, QualityWindow } from '../../domain/registry/window.ts';
import type { Registry } from './registry.ts';
import { skPrefix } from './sort-keys.ts';

/** A window may be 20 kB, and an answer of the table is 1 MB at most. */
const PAGE = 50;

/** Drift windows of all versions, from the newest back, read as far as they are asked for: a year of hours is too much for one of them. */
export async function* windowsFromNewest(model: string, registry: Registry): AsyncGenerator<DriftWindow> {
  let cursor: string | undefined;
  do {
    const page = await registry.list<DriftWindow | QualityWindow>(model, skPrefix.window, {
      limit: PAGE,
      newestFirst: true,
      ...(cursor !== undefined && { cursor }),
    });
    for (const window of page.items) if (window.kind === 'drift') yield window;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
