import { ConflictError } from '../../lib/domain/errors.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { RunStart, StartRequest } from '../../lib/domain/training/run-start.ts';
import { LEASE_SECONDS } from '../../lib/names.ts';
import type { Decision } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';

/**
 * The decision that starts a run, or starts it again; its entry starts the training machine.
 * @throws ConflictError while another run holds the lock
 */
export function runDecision(
  start: (request: StartRequest) => RunStart,
  request: Omit<StartRequest, 'leaseExpiresAt'>,
): Decision<Run> {
  const leaseExpiresAt = new Date(Date.parse(request.at) + LEASE_SECONDS.training * 1000).toISOString();
  const started = start({ ...request, leaseExpiresAt });
  if (started.verdict === 'refused') throw new ConflictError(started.reason);
  const { run, entry, head, links } = started;
  return { answer: run, entry, head, links, writes: [{ sk: sk.run(run.id), item: run }] };
}
