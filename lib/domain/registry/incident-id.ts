import type { Incident } from './incident.ts';

/**
 * An incident's id: derived from what it is about, and counted where the same thing went wrong again, so that the one that was
 * closed stays as it was: what was open, when, and how it ended.
 *
 * @param base hash or name of what it is about
 * @param incidents of the model, any order; those about the same thing count
 * @example incidentId('fault-1', [{ …, id: 'fault-1', status: 'closed' }]) // 'fault-1-2'
 */
export function incidentId(base: string, incidents: readonly Pick<Incident, 'id'>[]): string {
  const again = incidents.filter(({ id }) => id === base || id.startsWith(`${base}-`)).length;
  return again === 0 ? base : `${base}-${again + 1}`;
}
