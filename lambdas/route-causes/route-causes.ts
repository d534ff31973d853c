import { z } from 'zod';
import { type Cause, type CauseRoute, type FoundCause, routeOf } from '../../lib/domain/causes/cause.ts';
import { causesOf } from '../../lib/domain/causes/causes-of.ts';
import { incidentEntry } from '../../lib/domain/causes/incident-entry.ts';
import { type IncidentStep, incidentStep } from '../../lib/domain/causes/incident-step.ts';
import type { Incident } from '../../lib/domain/registry/incident.ts';
import type { DriftWindow } from '../../lib/domain/registry/window.ts';
import { type Decision, listAll, type Registry } from '../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import { known, requiredItem } from '../../lib/stores/required.ts';
import { causeQuestion, type RouteCausesDeps } from './cause-question.ts';
import { withFirstObject } from './first-object.ts';
import { newestWindows } from './newest-windows.ts';

export const routeCausesInput = z.object({
  model: z.string().min(1),
  version: z.number().int().positive(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
});
type Input = z.output<typeof routeCausesInput>;

export interface CausesRouted {
  readonly model: string;
  readonly version: number;
  readonly start: string;
  readonly route: CauseRoute;
  readonly causes: readonly Cause[];
}

/**
 * Says what is behind a scored window and who deals with it. A fault opens an incident or joins the one that is open for it; the
 * last of some clean windows closes it. What a window says again changes nothing, so a repeat of a step that was cut off goes on
 * where it stopped: the causes are kept first, then each change to an incident is one decision.
 */
export async function routeCauses(input: Input, deps: RouteCausesDeps): Promise<CausesRouted> {
  const { model, version, start } = input;
  const key = sk.window(start, 'drift', version);
  const window = await requiredItem<DriftWindow>(deps.registry, model, key);
  const { question, cleanWindows } = await causeQuestion(window, deps);
  const causes = await withFirstObject(causesOf(question), input, question, deps);
  await keepCauses(window, causes, deps.registry);
  while (await takeStep({ ...window, causes }, cleanWindows, deps));
  return { model, version, start, route: routeOf(causes), causes: causes.map(({ cause }) => cause) };
}

/** Beside the ledger: what is behind a window follows from its profile, and only what is done about it is a decision. */
async function keepCauses(
  { model, start, version }: DriftWindow,
  causes: readonly FoundCause[],
  registry: Registry,
): Promise<void> {
  const key = sk.window(start, 'drift', version);
  const now = await requiredItem<DriftWindow>(registry, model, key);
  if (JSON.stringify(now.causes) !== JSON.stringify(causes))
    await registry.put(model, key, { ...now, causes });
}

/** @returns whether an incident changed, and another may have to */
function takeStep(window: DriftWindow, cleanWindows: number, deps: RouteCausesDeps): Promise<boolean> {
  const { registry, now } = deps;
  const { model } = window;
  const at = now().toISOString();
  return registry.decide(model, async (current): Promise<Decision<boolean>> => {
    const { openIncidents } = known(model, current);
    const incidents = await listAll<Incident>(registry, model, skPrefix.incident);
    const since = oldestEnd(incidents);
    const routed = await newestWindows(model, ({ start }) => start <= since, registry);
    const step = incidentStep({ window, causes: window.causes ?? [], incidents, routed, cleanWindows, at });
    if (step === undefined) return { answer: false };
    return {
      answer: true,
      entry: incidentEntry(step, window, at),
      head: { openIncidents: Math.max(0, openIncidents + CHANGE[step.step]) },
      writes: [written(step)],
    };
  });
}

/** The last bad window of the open incident that has been clean longest: nothing before it closes any. */
function oldestEnd(incidents: readonly Incident[]): string {
  const open = incidents.filter(({ status }) => status === 'open');
  const ends = open.flatMap(({ windows = [] }) => windows.at(-1)?.start ?? []).sort();
  return ends[0] ?? END_OF_TIME;
}

/** Later than any window. */
const END_OF_TIME = '9999';

const CHANGE: Readonly<Record<IncidentStep['step'], number>> = { opened: 1, extended: 0, closed: -1 };

/** The index lists open ones only. */
function written({ step, incident }: IncidentStep) {
  const item = { sk: sk.incident(incident.id), item: incident };
  return step === 'closed' ? item : { ...item, kind: 'incident' as const, sortedAt: incident.openedAt };
}
