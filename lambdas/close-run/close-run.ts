import { failureOf } from '../../lib/domain/failure.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { Logger } from '../../lib/runtime/logger.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { CLOSERS } from './closers.ts';
import { expiredLeases } from './expired-leases.ts';
import type { CloseRunInput, FailedExecution } from './input.ts';

export interface CloseRunDeps {
  readonly registry: Registry;
  readonly now: Now;
  readonly log: Logger;
}

/**
 * The end of whatever failed. One execution's failure may arrive up to three times: from its own Catch, from the event
 * that it ended, and from the sweep that finds its lease expired. The first one that finds it open closes it; a late
 * one, and one about an attempt that has been started again since, answers `closed: false`.
 */
export async function closeRun(
  input: CloseRunInput,
  deps: CloseRunDeps,
): Promise<{ readonly closed: boolean }> {
  if (!('sweep' in input)) return { closed: await close(input, deps) };
  let closed = false;
  for (const expired of await expiredLeases(deps.registry, deps.now()))
    closed = (await close(expired, deps)) || closed;
  return { closed };
}

async function close(failed: FailedExecution, { registry, now, log }: CloseRunDeps): Promise<boolean> {
  const { pipeline, model, id, attempt } = failed;
  const failure = {
    model,
    attempt,
    error: failureOf(failed.error),
    actor: 'platform/close-run',
    at: now().toISOString(),
  };
  const closed = await registry.decide(model, async (head) => {
    // A model that was never applied, or is gone, has nothing to close.
    if (head === undefined) return { answer: false };
    return CLOSERS[pipeline]({ registry, head, failed, failure });
  });
  log.info(closed ? 'closed' : 'nothing to close', {
    pipeline,
    model,
    id,
    attempt,
    error: failure.error.name,
  });
  return closed;
}
