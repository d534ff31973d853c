import type { NewEntry } from '../ledger.ts';
import type { Head, Lease } from '../registry/head.ts';
import type { Release } from '../registry/release.ts';
import type { ModelVersion } from '../registry/version.ts';

export interface ReleaseRequest {
  readonly head: Head;
  readonly version: ModelVersion;
  /** Of a run whose version this is: it is closed when the release ends. */
  readonly runId?: string;
  readonly actor: string;
  readonly reason: string;
  /** ISO 8601 UTC, wall clock. */
  readonly at: string;
  /** When the lock ends by itself: later than the release can run. */
  readonly leaseExpiresAt: string;
}

export type ReleaseStart =
  | { readonly verdict: 'started'; readonly release: Release; readonly lock: Lease; readonly entry: NewEntry }
  | { readonly verdict: 'refused'; readonly reason: string };

/**
 * The release that moves traffic to a version; its entry is what starts the execution. One at a time: while another holds the
 * lock it is refused; an expired lock still counts, until the sweep has closed the release that held it. A version that retires
 * is released no more. The id counts on the model's ledger, so the same decision taken again makes the same release.
 *
 * @example startRelease({ head, version, … }).verdict // 'started'
 */
export function startRelease(request: ReleaseRequest): ReleaseStart {
  const { head, version, runId, at } = request;
  const { model, releaseLock } = head;
  if (releaseLock !== undefined)
    return { verdict: 'refused', reason: `release ${releaseLock.holder} is in progress` };
  if (head.champion === version.number)
    return { verdict: 'refused', reason: `version ${version.number} is in service already` };
  if (version.status === 'retiring' || version.status === 'retired')
    return { verdict: 'refused', reason: `version ${version.number} is ${version.status}` };
  const id = `${model}-v${version.number}-r${head.ledger.seq + 1}`;
  const release: Release = {
    model,
    id,
    version: version.number,
    kind: 'promotion',
    status: 'running',
    attempt: 1,
    ...(runId !== undefined && { runId }),
    ...(head.champion !== undefined && { from: head.champion }),
    startedAt: at,
  };
  const lock = { holder: id, expiresAt: request.leaseExpiresAt };
  return { verdict: 'started', release, lock, entry: entryOf(release, request) };
}

function entryOf(
  { model, id, version, attempt, from }: Release,
  { actor, at, reason, runId }: ReleaseRequest,
): NewEntry {
  return {
    at,
    actor,
    action: 'release-started',
    subject: `release/${id}`,
    inputs: [{ kind: 'version', id: `${model}/${version}` }],
    outputs: [{ kind: 'release', id: `${model}/${id}` }],
    facts: { releaseId: id, version, attempt, reason, from, runId },
  };
}
