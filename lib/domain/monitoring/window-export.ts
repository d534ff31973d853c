import type { NewEntry } from '../ledger.ts';
import type { QualityWindow } from '../registry/window.ts';

/**
 * The upload that a window is exported as: one a window and version, in characters that an execution's name may hold.
 *
 * @example exportUploadId({ start: '2013-04-01T00:00:00.000Z', version: 1 }) // 'window-20130401T00-v1'
 */
export function exportUploadId({ start, version }: Pick<QualityWindow, 'start' | 'version'>): string {
  return `window-${start.slice(0, 13).replaceAll('-', '')}-v${version}`;
}

/** The ledger entry of an export; what becomes of the dataset is intake's own decision. */
export function exportEntry(
  window: QualityWindow,
  exported: {
    readonly uploadId: string;
    readonly datasetId: string;
    readonly rows: number;
    readonly at: string;
  },
): NewEntry {
  const { model, version, start, end, labelCoverage } = window;
  const { at, uploadId, datasetId, rows } = exported;
  return {
    at,
    actor: 'platform/export-window',
    action: 'window-exported',
    subject: `window/${start}-v${version}`,
    inputs: [{ kind: 'window', id: `${model}/${start}-v${version}` }],
    outputs: [{ kind: 'dataset', id: `${model}/${datasetId}` }],
    facts: { version, start, end, uploadId, datasetId, rows, labelCoverage },
  };
}
