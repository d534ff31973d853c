import type { Alert, NewEntry } from '../ledger.ts';
import type { Incident } from '../registry/incident.ts';
import type { DriftWindow } from '../registry/window.ts';
import type { FaultCause } from './cause.ts';
import { type IncidentStep, ROUTER } from './incident-step.ts';

/** What happened upstream, as a person would say it. */
const SAID: Readonly<Record<FaultCause, string>> = {
  'schema-changed': 'the columns are not those that the model was made for',
  'type-changed': 'values are of another type',
  'null-surge': 'values stay away',
  'unit-changed': 'values come in another unit',
  'vocabulary-renamed': 'values come under other names',
  'volume-duplicated': 'rows come more than once',
  'volume-missing': 'rows are missing',
};

/** The ledger entry of one change to an incident; people are told when it opens and when it ends, not of each window in between. */
export function incidentEntry({ step, incident }: IncidentStep, window: DriftWindow, at: string): NewEntry {
  const { model, id, cause, columns, firstBad, windows = [], summary, reason } = incident;
  const alert =
    step === 'opened' ? openedAlert(incident, window) : step === 'closed' ? closedAlert(incident) : undefined;
  return {
    at,
    actor: ROUTER,
    action: `incident-${step}`,
    subject: `incident/${id}`,
    inputs: [{ kind: 'window', id: `${model}/${window.start}-v${window.version}` }],
    facts: {
      cause,
      columns,
      summary,
      windows: windows.length,
      window: { version: window.version, start: window.start, end: window.end },
      ...(firstBad && { firstBad }),
      ...(reason !== undefined && { reason }),
    },
    ...(alert && { alert }),
  };
}

function openedAlert(
  { model, id, cause, columns = [], summary, firstBad }: Incident,
  window: DriftWindow,
): Alert {
  const said = cause ? SAID[cause] : 'the data is at fault';
  const where = columns.length > 0 ? ` in ${columns.join(', ')}` : '';
  const since = firstBad ? ` since ${firstBad.start.slice(0, 13)}h UTC` : '';
  const object = firstBad?.object === undefined ? '' : ` (${firstBad.object})`;
  const span = `${window.start.slice(0, 10)} to ${window.end.slice(0, 10)}, version ${window.version}`;
  return {
    severity: 'critical',
    sentence: `Upstream of ${model} ${said}${where}${since}${object}, first seen in the window ${span}: ${summary}. Incident ${id} is open: nothing is retrained until it is closed.`,
    link: `incidents/${id}`,
  };
}

function closedAlert({ model, id, reason, windows = [] }: Incident): Alert {
  const end = `Incident ${id} of ${model} has closed by itself: ${reason}.`;
  const link = `incidents/${id}`;
  if (windows.length === 0) return { severity: 'info', sentence: `${end} Nothing was spoiled.`, link };
  const spoiled =
    windows.length === 1 ? 'The window it spoiled is' : `The ${windows.length} windows it spoiled are`;
  return {
    severity: 'info',
    sentence: `${end} ${spoiled} left out of training data.`,
    link,
  };
}
