import { ConflictError } from '../../lib/domain/errors.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Release } from '../../lib/domain/registry/release.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import { startRelease } from '../../lib/domain/release/start-release.ts';
import { LEASE_SECONDS } from '../../lib/names.ts';
import type { Decision, Registry, Write } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';

export interface ReleaseWanted {
  readonly head: Head;
  readonly version: ModelVersion;
  readonly actor: string;
  readonly reason: string;
  readonly now: Date;
  /** More of the entry's facts: by which approval. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** What is decided in the same transaction: the approval. */
  readonly writes?: readonly Write[];
}

/**
 * The decision that lets a version take the traffic: its entry starts the release machine.
 * @throws ConflictError while another release is in progress
 */
export async function releaseDecision(wanted: ReleaseWanted, registry: Registry): Promise<Decision<Release>> {
  const { version, now } = wanted;
  const { model, runId } = version;
  const start = startRelease({
    ...wanted,
    runId,
    at: now.toISOString(),
    leaseExpiresAt: new Date(now.getTime() + LEASE_SECONDS.release * 1000).toISOString(),
  });
  if (start.verdict === 'refused') throw new ConflictError(start.reason);
  const run = await registry.get<Run>(model, sk.run(runId));
  return {
    answer: start.release,
    entry: { ...start.entry, facts: { ...start.entry.facts, ...wanted.facts } },
    head: { releaseLock: start.lock },
    writes: [
      { sk: sk.release(start.release.id), item: start.release, condition: 'absent' },
      { sk: sk.version(version.number), item: { ...version, status: 'approved' } },
      ...(run === undefined ? [] : [{ sk: sk.run(run.id), item: releasing(run) }]),
      ...(wanted.writes ?? []),
    ],
  };
}

/** A run that was closed when its first release failed is open again. */
function releasing(run: Run): Run {
  const { closedAt: _, outcome: __, error: ___, ...open } = run;
  return { ...open, status: 'releasing' };
}
