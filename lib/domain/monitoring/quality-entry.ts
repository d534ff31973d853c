import { biasSentences } from '../fairness/bias-sentences.ts';
import type { Alert, NewEntry } from '../ledger.ts';
import type { QualityWindow } from '../registry/window.ts';
import { isExportDue } from './window-export.ts';

/**
 * The ledger entry of a measured window.
 *
 * @param before the same window's last measurement; people are told of a fault once
 */
export function qualityEntry(window: QualityWindow, before: QualityWindow | undefined): NewEntry {
  const { model, version, start, end, rows, labelled, labelCoverage, metrics, revision, labels } = window;
  const alert = alertOf(window, before);
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
      repeatedLabels: labels?.repeated ?? 0,
      unmatchedLabels: labels?.unmatched ?? 0,
      contradictingLabels: labels?.contradicting ?? 0,
      correctedLabels: labels?.corrected ?? 0,
      unfitLabels: labels?.unfit ?? 0,
    },
    ...(alert && { alert }),
  };
}

/** Findings that one sentence holds; the window has all of them. */
const TOLD = 4;

/** One alert for all that is newly wrong; each finding has been told of in the measurement that found it. */
function alertOf(window: QualityWindow, before: QualityWindow | undefined): Alert | undefined {
  const known = new Set(before && faultsOf(before).map((fault) => fault.id));
  const news = faultsOf(window).filter((fault) => !known.has(fault.id));
  if (news.length === 0) return undefined;
  const { model, version, start, end } = window;
  const span = `${start.slice(0, 10)} to ${end.slice(0, 10)}`;
  const more = news.length > TOLD ? `; and ${news.length - TOLD} more` : '';
  const told = `${news
    .slice(0, TOLD)
    .map((fault) => fault.sentence)
    .join('; ')}${more}`;
  return {
    severity: 'warning',
    sentence: `Version ${version} of ${model} in the window ${span}: ${told}.`,
    link: `windows/${start}-v${version}`,
  };
}

function faultsOf({ changes = [], fairness }: QualityWindow): readonly { id: string; sentence: string }[] {
  const drifted = changes.filter((change) => change.verdict === 'drifted');
  return [
    ...drifted.map(({ measure, by, sentence }) => ({ id: `${measure}/${by}`, sentence })),
    ...biasSentences(fairness),
  ];
}

export interface ExportConditions {
  readonly minLabelCoverage: number;
  readonly openIncidents: number;
  /** Whether intake has decided on the last export. */
  readonly isTakenIn: boolean;
}

/**
 * Whether a measured window becomes training data now: enough of it is labelled, its last export says less or was never taken in,
 * and no incident says that the data is at fault.
 */
export function mayExport(
  window: QualityWindow,
  { minLabelCoverage, openIncidents, isTakenIn }: ExportConditions,
): boolean {
  const { labelled, labelCoverage } = window;
  const isDue = !isTakenIn || isExportDue(window);
  return labelled > 0 && labelCoverage >= minLabelCoverage && isDue && openIncidents === 0;
}
