import { contentHash } from '../../lib/domain/canonical-json.ts';
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
 * takes the place of its former self in that record too. One that says what it said before is no decision: only what it was measured
 * from is noted down.
 */
export async function saveQuality(
  measured: Measured,
  { registry, now }: { readonly registry: Registry; readonly now: Now },
): Promise<SavedQuality> {
  const { model, start, version: number } = measured;
  const key = sk.window(start, 'quality', number);
  const scoredAt = now().toISOString();
  const { noted, ...saved } = await registry.decide(model, async (current): Promise<Decision<Answer>> => {
    const { openIncidents } = known(model, current);
    const before = await registry.get<QualityWindow>(model, key);
    if (before !== undefined && (before.labelsHash === measured.labelsHash || saysTheSame(before, measured)))
      return { answer: { window: before, openIncidents, noted: before.labelsHash === measured.labelsHash } };
    const { datasetUploadId, exports } = before ?? {};
    const window: QualityWindow = {
      ...measured,
      ...(exports && { datasetUploadId, exports }),
      revision: (before?.revision ?? 0) + 1,
      scoredAt,
    };
    const version = await requiredItem<ModelVersion>(registry, model, sk.version(number));
    return {
      answer: { window, openIncidents, noted: true },
      entry: qualityEntry(window, before),
      writes: [
        { sk: key, item: window },
        { sk: sk.version(number), item: recorded(version, before, window) },
      ],
    };
  });
  if (!noted) await noteLabels(measured, registry);
  return saved;
}

interface Answer extends SavedQuality {
  /** Whether the window's item names the labels that were read. */
  readonly noted: boolean;
}

/** Old windows get labels again and again, and labels of other versions: how many is no news. */
function saysTheSame(before: QualityWindow, measured: Measured): boolean {
  const { revision: _r, scoredAt: _s, datasetUploadId: _d, exports: _e, ...was } = before;
  const said = ({ labelsHash: _h, labels, ...rest }: Measured) =>
    contentHash({ ...rest, labels: { ...labels, repeated: 0, unmatched: 0 } });
  return said(was) === said(measured);
}

/** Beside the ledger: what was read, so that it is not measured again for the same labels. */
async function noteLabels(
  { model, start, version, labelsHash, labels }: Measured,
  registry: Registry,
): Promise<void> {
  const key = sk.window(start, 'quality', version);
  const window = await requiredItem<QualityWindow>(registry, model, key);
  await registry.put(model, key, { ...window, labelsHash, labels });
}

function recorded(
  version: ModelVersion,
  before: QualityWindow | undefined,
  { estimateErrors = {} }: QualityWindow,
): ModelVersion {
  const { estimateRecord = {} } = version;
  return { ...version, estimateRecord: recordErrors(estimateRecord, before?.estimateErrors, estimateErrors) };
}
