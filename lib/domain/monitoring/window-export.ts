import type { NewEntry } from '../ledger.ts';
import type { DatasetVersion } from '../registry/dataset.ts';
import type { QualityWindow, WindowExport } from '../registry/window.ts';

/** A window is exported again once it has a tenth more labels: sooner, every late label would make a dataset of its own. */
const WORTHWHILE_GROWTH = 1.1;

/** How the uploads of windows begin. */
export const EXPORT_PREFIX = 'window-';

/**
 * The upload that a window is exported as: one a window, version and revision, in characters that an execution's name may hold.
 *
 * @example exportUploadId({ start: '2013-04-01T00:00:00.000Z', version: 1 }) // 'window-20130401T00-v1'
 */
export function exportUploadId(
  { start, version }: Pick<QualityWindow, 'start' | 'version'>,
  revision = 1,
): string {
  const id = `${EXPORT_PREFIX}${start.slice(0, 13).replaceAll('-', '')}-v${version}`;
  return revision === 1 ? id : `${id}-r${revision}`;
}

export interface ExportedWindow {
  readonly start: string;
  readonly version: number;
  readonly revision: number;
}

/**
 * Which window's export a dataset is, read from its upload's id.
 *
 * @returns undefined for what somebody uploaded
 * @example exportedWindow({ origin: 'labelled-predictions', uploadId: 'window-20130401T00-v1-r2' })?.revision // 2
 */
export function exportedWindow({
  origin,
  uploadId,
}: Pick<DatasetVersion, 'origin' | 'uploadId'>): ExportedWindow | undefined {
  const named = /^window-(\d{4})(\d\d)(\d\d)T(\d\d)-v(\d+)(?:-r(\d+))?$/.exec(uploadId);
  if (origin !== 'labelled-predictions' || named === null) return undefined;
  const [, year, month, day, hour, version, revision = '1'] = named;
  return {
    start: `${year}-${month}-${day}T${hour}:00:00.000Z`,
    version: Number(version),
    revision: Number(revision),
  };
}

/**
 * Whether a measured window has something to say that its last export did not: a label is corrected or contradicted that was not
 * then, whenever it was received, or it has markedly more labels. One that was never exported and has no label that nobody disputes has nothing to say.
 *
 * @example isExportDue({ …window, labelled: 3, exports: undefined }) // true
 */
export function isExportDue(window: QualityWindow): boolean {
  const last = window.exports?.at(-1);
  if (last === undefined) return window.labelled > (window.labels?.contradicting ?? 0);
  return (
    window.correctionsHash !== last.correctionsHash || window.labelled >= last.labelled * WORTHWHILE_GROWTH
  );
}

/** The ledger entry of an export; what becomes of the dataset is intake's own decision. */
export function exportEntry(
  window: QualityWindow,
  exported: WindowExport & { readonly datasetId: string; readonly at: string },
): NewEntry {
  const { model, version, start, end, labelCoverage } = window;
  const { at, uploadId, datasetId, revision, until, rows, influenced } = exported;
  return {
    at,
    actor: 'platform/export-window',
    action: 'window-exported',
    subject: `window/${start}-v${version}`,
    inputs: [{ kind: 'window', id: `${model}/${start}-v${version}` }],
    outputs: [{ kind: 'dataset', id: `${model}/${datasetId}` }],
    facts: { version, start, end, uploadId, datasetId, revision, until, rows, influenced, labelCoverage },
  };
}
