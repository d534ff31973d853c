import { z } from 'zod';
import { isDecided, type Upload } from '../../lib/domain/intake/upload.ts';
import { correctionsHash } from '../../lib/domain/monitoring/corrections-hash.ts';
import { labelsHash } from '../../lib/domain/monitoring/label-listing.ts';
import { mayExport } from '../../lib/domain/monitoring/quality-entry.ts';
import { sourcesHash } from '../../lib/domain/monitoring/served-day.ts';
import { type Calibration, calibrationSchema } from '../../lib/domain/quality/calibration.ts';
import { windowQuality } from '../../lib/domain/quality/window-quality.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { QualityWindow } from '../../lib/domain/registry/window.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import { compactedDays, downloadDays } from '../../lib/stores/compacted-log.ts';
import { readLabels } from '../../lib/stores/label-log.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredJson, requiredSpec } from '../../lib/stores/required.ts';
import { lookAt } from './look-at.ts';
import { type Measured, saveQuality } from './save-quality.ts';

export const measureQualityInput = z.object({
  model: z.string().min(1),
  version: z.number().int().positive(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
});
type Input = z.output<typeof measureQualityInput>;

export interface MeasureQualityDeps {
  readonly registry: Registry;
  readonly data: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly engine: Engine;
  readonly now: Now;
}

export interface QualityMeasured extends Input {
  readonly labelCoverage: number;
  /** Whether the window's labelled rows become training data now. */
  readonly export: boolean;
}

/** How good a window's predictions were, as far as labels have come. The same labels again change nothing. */
export async function measureQuality(input: Input, deps: MeasureQualityDeps): Promise<QualityMeasured> {
  const { model, version: number, start, end } = input;
  const version = await requiredItem<ModelVersion>(deps.registry, model, sk.version(number));
  const spec = await requiredSpec(deps.registry, model, version.specHash);
  const days = await compactedDays(input, deps.registry);
  const logged = await readLabels(model, input, deps.data);
  const calibration = await calibrationOf(version, deps);
  const seen = await withTempFolder(async (folder) => {
    const files = await downloadDays(days, folder, deps.data);
    return lookAt({ files, start, end, labels: logged.labels, spec, calibration, folder }, deps.engine);
  });
  const { rows, joined } = seen;
  const corrections = correctionsHash(joined.rows);
  const measured: Measured = {
    model,
    kind: 'quality',
    version: number,
    start,
    end,
    rows,
    labelled: joined.rows.length,
    labelCoverage: rows === 0 ? 0 : joined.rows.length / rows,
    ...windowQuality({
      task: spec.task,
      ...seen,
      calibration,
      holdoutFairness: version.fairness,
    }),
    ...(corrections !== undefined && { correctionsHash: corrections }),
    labelsHash: labelsHash(sourcesHash(days, input), logged.listing, input),
  };
  const { window, openIncidents } = await saveQuality(measured, deps);
  const { minLabelCoverage } = spec.monitoring;
  const isTakenIn = await isLastExportTakenIn(window, deps.registry);
  const exported = mayExport(window, { minLabelCoverage, openIncidents, isTakenIn });
  return { model, version: number, start, end, labelCoverage: window.labelCoverage, export: exported };
}

async function isLastExportTakenIn(
  { model, datasetUploadId }: QualityWindow,
  registry: Registry,
): Promise<boolean> {
  if (datasetUploadId === undefined) return true;
  return isDecided(await registry.get<Upload>(model, sk.upload(datasetUploadId)));
}

async function calibrationOf(
  { calibrationKey }: ModelVersion,
  { artifacts }: MeasureQualityDeps,
): Promise<Calibration | undefined> {
  if (calibrationKey === undefined) return undefined;
  return calibrationSchema.parse(await requiredJson(artifacts, calibrationKey));
}
