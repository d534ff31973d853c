import type { FaultyWindow, Incident } from '../registry/incident.ts';

export type WindowName = Pick<FaultyWindow, 'version' | 'start'>;

/**
 * The windows that faults spoiled: nothing is learned from them, nor announced because of them, while their incident is open and
 * after, unless a person said that its windows are good.
 *
 * @param incidents all of the model
 * @example spoiledWindows([anIncident])[0] // { version: 1, start: '2013-07-01T00:00:00.000Z', end: … }
 */
export function spoiledWindows(incidents: readonly Incident[]): readonly FaultyWindow[] {
  return incidents.filter(({ keepWindows }) => keepWindows !== true).flatMap(({ windows = [] }) => windows);
}

/** Whether a window is one of them. */
export function isSpoiled(incidents: readonly Incident[], window: WindowName): boolean {
  return spoiledWindows(incidents).some((w) => w.start === window.start && w.version === window.version);
}

/**
 * Why a window must not become training data now: a fault spoiled it, or an incident is open and nobody knows yet what it spoiled.
 *
 * @returns a sentence; undefined when nothing speaks against it
 */
export function whyKeptBack(incidents: readonly Incident[], window: WindowName): string | undefined {
  const spoiler = incidents.find((incident) => isSpoiled([incident], window));
  if (spoiler) return `incident ${spoiler.id} spoiled window ${window.start} of version ${window.version}`;
  const open = incidents.find(({ status }) => status === 'open');
  return open && `incident ${open.id} is open`;
}
