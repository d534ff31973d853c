import { ConflictError } from '../../lib/domain/errors.ts';
import type { LineageNode, NewEntry } from '../../lib/domain/ledger.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import { LEASE_SECONDS } from '../../lib/names.ts';
import type { Decision } from '../../lib/stores/registry.ts';
import { sk } from '../../lib/stores/sort-keys.ts';

/**
 * The decision that starts a run, or starts it again: it takes the lock, and its entry starts the training machine.
 * @throws ConflictError while another run holds the lock
 */
export function runDecision(run: Run, head: Head, actor: string, now: Date): Decision<Run> {
  const held = head.runLock;
  if (held !== undefined && new Date(held.expiresAt) > now)
    throw new ConflictError(`run ${held.holder} is in progress; ask again when it has ended`);
  const first = run.attempt === 1;
  return {
    answer: run,
    entry: entryOf(run, actor, now.toISOString()),
    head: {
      runLock: {
        holder: run.id,
        expiresAt: new Date(now.getTime() + LEASE_SECONDS.training * 1000).toISOString(),
      },
    },
    writes: [{ sk: sk.run(run.id), item: run, condition: first ? 'absent' : 'present' }],
  };
}

function entryOf(run: Run, actor: string, at: string): NewEntry {
  const { model, id, attempt, from, holdoutFrom, to, specHash } = run;
  const datasets = run.datasets.map(
    (dataset): LineageNode => ({ kind: 'dataset', id: `${model}/${dataset}` }),
  );
  return {
    at,
    actor,
    action: attempt === 1 ? 'run-started' : 'run-restarted',
    subject: `run/${id}`,
    inputs: [{ kind: 'spec', id: `${model}/${specHash}` }, ...datasets],
    outputs: [{ kind: 'run', id: `${model}/${id}` }],
    facts: {
      runId: id,
      attempt,
      trigger: run.trigger.kind,
      from,
      holdoutFrom,
      to,
      datasets: datasets.length,
    },
  };
}
