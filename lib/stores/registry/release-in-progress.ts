import type { Head } from '../../domain/registry/head.ts';
import type { Release } from '../../domain/registry/release.ts';
import type { Registry } from './registry.ts';
import { sk } from './sort-keys.ts';

/** The release that holds a model's release lock; none when the lock is free. */
export async function releaseInProgress(
  { model, releaseLock }: Pick<Head, 'model' | 'releaseLock'>,
  registry: Registry,
): Promise<Release | undefined> {
  return releaseLock && registry.get<Release>(model, sk.release(releaseLock.holder));
}
