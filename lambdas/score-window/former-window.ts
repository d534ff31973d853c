import { type WindowUnit, windowOf } from '../../lib/domain/data/windows.ts';
import type { DriftReport } from '../../lib/domain/drift/drift-report.ts';
import type { PreviousWindow } from '../../lib/domain/drift/score-profiles.ts';
import type { DriftWindow } from '../../lib/domain/registry/window.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';

/** How many windows back the former one is looked for: a month of days without traffic. */
const MOST_WINDOWS_BACK = 31;

interface WindowRef {
  readonly model: string;
  readonly version: number;
  readonly start: string;
}

/** What the newest scored window of the version before this one left for it; undefined where there is none. */
export async function formerWindow(
  { model, version, start }: WindowRef,
  unit: WindowUnit,
  { registry, artifacts }: { readonly registry: Registry; readonly artifacts: ObjectStore },
): Promise<PreviousWindow | undefined> {
  let at = start;
  for (let back = 0; back < MOST_WINDOWS_BACK; back++) {
    at = windowOf(new Date(Date.parse(at) - 1).toISOString(), unit).start;
    const former = await registry.get<DriftWindow>(model, sk.window(at, 'drift', version));
    if (former?.reportKey === undefined) continue;
    const report = await artifacts.getJson<DriftReport>(former.reportKey);
    if (report === undefined) continue;
    const drifted = report.columns.filter(({ verdict }) => verdict === 'drifted');
    return {
      evidence: report.evidence,
      recent: report.recent,
      drifted: drifted.map(({ column }) => column),
    };
  }
  return undefined;
}
