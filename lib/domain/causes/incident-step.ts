import { contentHash } from '../canonical-json.ts';
import type { FaultyWindow, Incident } from '../registry/incident.ts';
import { incidentId } from '../registry/incident-id.ts';
import type { DriftWindow } from '../registry/window.ts';
import { type FaultCause, type FoundCause, isFault } from './cause.ts';

export interface StepQuestion {
  readonly window: DriftWindow;
  /** What is behind it. */
  readonly causes: readonly FoundCause[];
  /** All incidents of the model. */
  readonly incidents: readonly Incident[];
  /** All drift windows of the model whose causes are known, any order. */
  readonly routed: readonly DriftWindow[];
  /** So many clean windows in a row close an incident; 0: none do. */
  readonly cleanWindows: number;
  /** Wall clock, ISO 8601 UTC. */
  readonly at: string;
}

export type IncidentStep =
  | { readonly step: 'opened'; readonly incident: Incident }
  | { readonly step: 'extended'; readonly incident: Incident }
  | { readonly step: 'closed'; readonly incident: Incident };

/** Who closes an incident after clean windows. */
export const ROUTER = 'platform/route-causes';

/** Enough of a hash that two incidents of one model never share an id. */
const ID_LENGTH = 16;

/**
 * The next change that a window makes to the incidents: it opens one for a fault that is new, joins the one that is open for the
 * same fault in one of the same columns, or is the last clean one that closes it. Asked until there is none, each its own decision.
 *
 * @returns undefined when the window changes nothing: it was routed before, or has no fault and closes none
 */
export function incidentStep(question: StepQuestion): IncidentStep | undefined {
  for (const fault of question.causes.filter(isFault)) {
    const step = faultStep(fault, question);
    if (step !== undefined) return step;
  }
  return question.incidents.flatMap((incident) => [
    ...healing(incident, question),
    ...closing(incident, question),
  ])[0];
}

/** Rows that came late made the only window whole that had shown the fault: it is over, and nothing was spoiled. */
function healing(incident: Incident, { window, causes, at }: StepQuestion): readonly IncidentStep[] {
  if (incident.status !== 'open' || incident.windows?.length !== 1 || !shows(incident, window)) return [];
  if (causes.some((found) => found.cause === 'too-few-rows' || isSameFault(incident, found))) return [];
  const reason = `the window ${window.start.slice(0, 13)} is whole since rows came late`;
  return [{ step: 'closed', incident: { ...closedBy(incident, reason, at), windows: [] } }];
}

function closedBy(incident: Incident, reason: string, at: string): Incident {
  return { ...incident, status: 'closed', closedAt: at, closedBy: ROUTER, reason };
}

type Fault = FoundCause & { readonly cause: FaultCause };

function faultStep(fault: Fault, { window, incidents, at }: StepQuestion): IncidentStep | undefined {
  const same = incidents.filter((incident) => isSameFault(incident, fault));
  if (same.some((incident) => shows(incident, window))) return undefined;
  const open = same.find(({ status }) => status === 'open');
  return open
    ? { step: 'extended', incident: joined(open, fault, window) }
    : { step: 'opened', incident: opened(fault, { window, incidents, at }) };
}

function opened(
  { cause, columns, evidence, firstBad }: Fault,
  { window, incidents, at }: Pick<StepQuestion, 'window' | 'incidents' | 'at'>,
): Incident {
  const { model, version, start } = window;
  const content = { model, version, start, cause, columns };
  return {
    model,
    id: incidentId(`fault-${contentHash(content).slice(0, ID_LENGTH)}`, incidents),
    kind: 'data-fault',
    status: 'open',
    summary: evidence,
    subject: `windows/${start}-v${version}`,
    openedAt: at,
    cause,
    columns,
    ...(firstBad && { firstBad }),
    windows: [faulty(window)],
  };
}

function joined(open: Incident, { columns }: Fault, window: DriftWindow): Incident {
  const windows = [...(open.windows ?? []), faulty(window)];
  return {
    ...open,
    columns: [...new Set([...(open.columns ?? []), ...columns])].sort(),
    windows: windows.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.version - b.version)),
  };
}

/** Clean windows count from the last one that showed the fault on; too few rows make no window clean. */
function closing(incident: Incident, { routed, cleanWindows, at }: StepQuestion): readonly IncidentStep[] {
  const last = incident.windows?.at(-1);
  if (incident.status !== 'open' || last === undefined || cleanWindows === 0) return [];
  const clean = routed.filter(
    ({ start, causes = [] }) =>
      start > last.start &&
      causes.length > 0 &&
      causes.every((found) => found.cause !== 'too-few-rows' && !isSameFault(incident, found)),
  );
  const starts = [...new Set(clean.map(({ start }) => start))].sort();
  if (starts.length < cleanWindows) return [];
  const named = starts.slice(0, cleanWindows).map((start) => start.slice(0, 13));
  const reason = `${cleanWindows} clean windows: ${named.join(', ')}`;
  return [{ step: 'closed', incident: closedBy(incident, reason, at) }];
}

function isSameFault(incident: Incident, found: FoundCause): boolean {
  const columns = incident.columns ?? [];
  if (incident.cause !== found.cause) return false;
  return columns.length === 0 || found.columns.length === 0 || found.columns.some((c) => columns.includes(c));
}

function shows({ windows = [] }: Incident, { version, start }: DriftWindow): boolean {
  return windows.some((window) => window.version === version && window.start === start);
}

function faulty({ version, start, end }: DriftWindow): FaultyWindow {
  return { version, start, end };
}
