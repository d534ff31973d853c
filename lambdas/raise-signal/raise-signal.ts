import { z } from 'zod';
import { driftEntry, isDrift, newsSince, signalId } from '../../lib/domain/monitoring/drift-signal.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Incident } from '../../lib/domain/registry/incident.ts';
import type { DriftWindow } from '../../lib/domain/registry/window.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import { type Decision, listAll, type Registry } from '../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import { windowsFromNewest } from '../../lib/stores/registry/windows-from-newest.ts';
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
    const window = await newestDrift(head, registry);
    if (window === undefined || window.signal !== undefined) return { answer: {} };
    const signal = signalId(window);
    return {
      answer: { signal },
      entry: driftEntry(window, signal, at),
      writes: [{ sk: sk.window(window.start, 'drift', window.version), item: { ...window, signal } }],
    };
  });
}

/** Read from the newest window back, as far as drift is news: a year of hours would not fit into memory. */
async function newestDrift({ model, champion }: Head, registry: Registry): Promise<DriftWindow | undefined> {
  const incidents = await listAll<Incident>(registry, model, skPrefix.incident);
  let since: string | undefined;
  for await (const window of windowsFromNewest(model, registry)) {
    since ??= newsSince(window);
    if (window.end <= since) return undefined;
    if (isDrift(window, champion, incidents)) return window;
  }
  return undefined;
}
