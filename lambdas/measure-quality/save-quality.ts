import { qualityEntry } from '../../lib/domain/monitoring/quality-entry.ts';
import { recordErrors } from '../../lib/domain/quality/estimate-error.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { QualityWindow } from '../../lib/domain/registry/window.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { Decision, Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { known, requiredItem } from '../../lib/stores/required.ts';

export type Measured = Omit<QualityWindow, 'revision' | 'scoredAt' | 'datasetUploadId' | 'exports'>;

export interface SavedQuality {
  readonly window: QualityWindow;
  readonly openIncidents: number;
}

/**
 * One decision: the window, and with it the version's record of how far its estimates were off. A window that is measured again
 * takes the place of its former self in that record too.
 */
export function saveQuality(
  measured: Measured,
  { registry, now }: { readonly registry: Registry; readonly now: Now },
): Promise<SavedQuality> {
  const { model, start, version: number } = measured;
  const key = sk.window(start, 'quality', number);
  const scoredAt = now().toISOString();
  return registry.decide(model, async (current): Promise<Decision<SavedQuality>> => {
    const { openIncidents } = known(model, current);
    const before = await registry.get<QualityWindow>(model, key);
    if (before?.labelsHash === measured.labelsHash) return { answer: { window: before, openIncidents } };
    const window: QualityWindow = { ...before, ...measured, revision: (before?.revision ?? 0) + 1, scoredAt };
    const version = await requiredItem<ModelVersion>(registry, model, sk.version(number));
    return {
      answer: { window, openIncidents },
      entry: qualityEntry(window, before),
      writes: [
        { sk: key, item: window },
        { sk: sk.version(number), item: recorded(version, before, window) },
      ],
    };
  });
}

function recorded(
  version: ModelVersion,
  before: QualityWindow | undefined,
  { estimateErrors = {} }: QualityWindow,
): ModelVersion {
  const { estimateRecord = {} } = version;
  return { ...version, estimateRecord: recordErrors(estimateRecord, before?.estimateErrors, estimateErrors) };
}
