import { z } from 'zod';
import { driftEntry, signalId, windowToSignal } from '../../lib/domain/monitoring/drift-signal.ts';
import type { Incident } from '../../lib/domain/registry/incident.ts';
import type { DriftWindow, QualityWindow } from '../../lib/domain/registry/window.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import { type Decision, listAll, type Registry } from '../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import { known } from '../../lib/stores/required.ts';

export const raiseSignalInput = z.object({ model: z.string().min(1) });

export interface RaiseSignalDeps {
  readonly registry: Registry;
  readonly now: Now;
}

export interface SignalRaised {
  readonly signal?: string;
}

/** Records drift that was found and not yet signalled; the entry's event is what the guard answers. Nothing new is no entry. */
export function raiseSignal(
  { model }: z.output<typeof raiseSignalInput>,
  deps: RaiseSignalDeps,
): Promise<SignalRaised> {
  const { registry, now } = deps;
  const at = now().toISOString();
  return registry.decide(model, async (current): Promise<Decision<SignalRaised>> => {
    const head = known(model, current);
    const all = await listAll<DriftWindow | QualityWindow>(registry, model, skPrefix.window);
    const drift = all.filter((window) => window.kind === 'drift');
    const incidents = await listAll<Incident>(registry, model, skPrefix.incident);
    const window = windowToSignal(drift, head.champion, incidents);
    if (window === undefined) return { answer: {} };
    const signal = signalId(window);
    return {
      answer: { signal },
      entry: driftEntry(window, signal, at),
      writes: [{ sk: sk.window(window.start, 'drift', window.version), item: { ...window, signal } }],
    };
  });
}
