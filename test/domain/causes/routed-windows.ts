import type { FoundCause } from '../../../lib/domain/causes/cause.ts';
import { type IncidentStep, incidentStep } from '../../../lib/domain/causes/incident-step.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';

export const AT = '2026-11-24T12:00:00.000Z';
export const celsius: FoundCause = {
  cause: 'unit-changed',
  columns: ['input.dewp', 'input.temp'],
  evidence: 'another unit (°F → °C): …',
  firstBad: {
    start: '2013-07-12T00:00:00.000Z',
    end: '2013-07-13T00:00:00.000Z',
    object: 'compacted/m/1/x.parquet',
  },
};
export const none: FoundCause = { cause: 'none', columns: [], evidence: 'none moved' };

export function aWindow(month: number, causes?: readonly FoundCause[], version = 1): DriftWindow {
  const start = (m: number) => new Date(Date.UTC(2013, m - 1)).toISOString();
  return {
    model: 'm',
    kind: 'drift',
    version,
    start: start(month),
    end: start(month + 1),
    rows: 1000,
    verdict: 'drifted',
    columns: [],
    shareDrifted: 1,
    explanation: '',
    profileKey: '',
    sourcesHash: '',
    revision: 1,
    scoredAt: AT,
    ...(causes && { causes }),
  };
}

/** Routes windows one after the other, as the verb does; what became of the incidents. */
export function routed(
  windows: readonly DriftWindow[],
  incidents: readonly Incident[] = [],
  cleanWindows = 2,
) {
  const steps: IncidentStep[] = [];
  let open = [...incidents];
  windows.forEach((window, i) => {
    for (;;) {
      const step = incidentStep({
        window,
        causes: window.causes ?? [],
        incidents: open,
        routed: windows.slice(0, i + 1),
        cleanWindows,
        at: AT,
      });
      if (step === undefined) return;
      steps.push(step);
      open = [...open.filter(({ id }) => id !== step.incident.id), step.incident];
    }
  });
  return { steps, incidents: open };
}
export const said = (steps: readonly IncidentStep[]) =>
  steps.map(({ step, incident }) => [step, incident.windows?.length]);
