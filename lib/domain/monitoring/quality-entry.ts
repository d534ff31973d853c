import type { NewEntry } from '../ledger.ts';
import type { QualityWindow } from '../registry/window.ts';
import type { JoinedLabels } from './join-labels.ts';
import { isExportDue } from './window-export.ts';

/** The ledger entry of a measured window. */
export function qualityEntry(
  window: QualityWindow,
  joined: Pick<JoinedLabels, 'repeated' | 'unmatched'>,
): NewEntry {
  const { model, version, start, end, rows, labelled, labelCoverage, metrics, revision } = window;
  return {
    at: window.scoredAt,
    actor: 'platform/measure-quality',
    action: 'quality-measured',
    subject: `window/${start}-v${version}`,
    inputs: [{ kind: 'version', id: `${model}/${version}` }],
    facts: {
      version,
      start,
      end,
      rows,
      labelled,
      labelCoverage,
      metrics,
      revision,
      repeatedLabels: joined.repeated,
      unmatchedLabels: joined.unmatched,
    },
  };
}

/**
 * Whether a measured window becomes training data now: enough of it is labelled, its last export says less, and no incident
 * says that the data is at fault.
 */
export function mayExport(window: QualityWindow, minLabelCoverage: number, openIncidents: number): boolean {
  const { labelled, labelCoverage } = window;
  return labelled > 0 && labelCoverage >= minLabelCoverage && isExportDue(window) && openIncidents === 0;
}
