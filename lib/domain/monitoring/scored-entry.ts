import type { ColumnDrift } from '../drift/column-drift.ts';
import type { Alert, NewEntry } from '../ledger.ts';
import type { DriftWindow } from '../registry/window.ts';

/** Columns that an entry names; the window holds all of them. */
const TOP_COLUMNS = 5;

/**
 * The ledger entry of a scored window.
 *
 * @param before the same window's last score; people are told of drift once
 * @example scoredEntry(window, undefined).facts.verdict // 'drifted'
 */
export function scoredEntry(window: DriftWindow, before: DriftWindow | undefined): NewEntry {
  const { model, version, start, end, verdict, revision } = window;
  const alert = verdict === 'drifted' && before?.verdict !== 'drifted' ? driftAlert(window) : undefined;
  return {
    at: window.scoredAt,
    actor: 'platform/score-window',
    action: 'window-scored',
    subject: `window/${start}-v${version}`,
    inputs: [{ kind: 'version', id: `${model}/${version}` }],
    outputs: [{ kind: 'window', id: `${model}/${start}-v${version}` }],
    facts: {
      version,
      start,
      end,
      rows: window.rows,
      verdict,
      revision,
      shareDrifted: window.shareDrifted,
      columns: window.columns.slice(0, TOP_COLUMNS).map(brief),
      explanation: window.explanation,
    },
    ...(alert && { alert }),
  };
}

function driftAlert({ model, version, start, end, explanation }: DriftWindow): Alert {
  const span = `${start.slice(0, 10)} to ${end.slice(0, 10)}`;
  return {
    severity: 'warning',
    sentence: `What version ${version} of ${model} is asked has drifted in the window ${span}: ${explanation}.`,
    link: `windows/${start}-v${version}`,
  };
}

function brief({ column, effect, threshold, verdict }: ColumnDrift) {
  return { column, effect, threshold, verdict };
}
