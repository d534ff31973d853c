import type { Head } from '../registry/head.ts';

/** Whether traffic may go back, and to which version. */
export type RollbackVerdict =
  | { readonly verdict: 'allowed'; readonly from: number; readonly to: number }
  | { readonly verdict: 'refused'; readonly reason: string };

/**
 * Plans a rollback. Only the previous champion can take traffic at once, because its endpoint is kept for this and others' are not;
 * the version that is left becomes the previous one, so a rollback can itself be rolled back.
 * @param to the wanted version; by default the previous champion
 * @param now wall clock; a release in progress holds its lock until it ends or its lease does
 * @example planRollback({ champion: 3, previousChampion: 2, … }, undefined, now) // { verdict: 'allowed', from: 3, to: 2 }
 */
export function planRollback(head: Head, to: number | undefined, now: Date): RollbackVerdict {
  const { champion, previousChampion, releaseLock } = head;
  if (champion === undefined) return refused(`model ${head.model} has no version in service`);
  if (previousChampion === undefined) return refused(`model ${head.model} has no previous champion`);
  if (to !== undefined && to !== previousChampion)
    return refused(
      `rollback goes to version ${previousChampion}, whose endpoint is kept, got ${to}; release ${to} instead`,
    );
  if (releaseLock !== undefined && new Date(releaseLock.expiresAt) > now)
    return refused(`release ${releaseLock.holder} is in progress`);
  return { verdict: 'allowed', from: champion, to: previousChampion };
}

function refused(reason: string): RollbackVerdict {
  return { verdict: 'refused', reason };
}
