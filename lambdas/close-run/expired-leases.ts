import type { Head, Lease } from '../../lib/domain/registry/head.ts';
import type { Release } from '../../lib/domain/registry/release.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import { listAllOfKind, type Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import type { FailedExecution } from './input.ts';

/** What still holds a lock after it must have ended: nobody told us, so it is told as a failure of its own. */
export async function expiredLeases(registry: Registry, now: Date): Promise<readonly FailedExecution[]> {
  const heads = await listAllOfKind<Head>(registry, 'model');
  return (await Promise.all(heads.map((head) => expiredOf(registry, head, now)))).flat();
}

async function expiredOf(registry: Registry, head: Head, now: Date): Promise<readonly FailedExecution[]> {
  const { model, runLock, releaseLock } = head;
  const run = isOver(runLock, now) && (await registry.get<Run>(model, sk.run(runLock.holder)));
  const release =
    isOver(releaseLock, now) && (await registry.get<Release>(model, sk.release(releaseLock.holder)));
  return [
    ...(run ? [expired('training', model, run)] : []),
    ...(release ? [expired('release', model, release)] : []),
  ];
}

const isOver = (lease: Lease | undefined, now: Date): lease is Lease =>
  lease !== undefined && Date.parse(lease.expiresAt) <= now.getTime();

function expired(
  pipeline: 'training' | 'release',
  model: string,
  { id, attempt }: { readonly id: string; readonly attempt: number },
): FailedExecution {
  const error = { Error: 'LeaseExpired', Cause: `${pipeline} ${id} has not ended within its lease` };
  return { pipeline, model, id, attempt, error };
}
