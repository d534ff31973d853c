import type { NewEntry } from '../ledger.ts';
import type { Head } from '../registry/head.ts';
import type { Release } from '../registry/release.ts';
import type { ModelVersion } from '../registry/version.ts';

export type RetirementVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string };

/**
 * Whether a version may be retired: not while it serves, is being released or waits for its approval, nor while its endpoint is
 * kept for rollback.
 *
 * @param release the model's release in progress, if there is one
 * @example mayRetire(aVersion(3), { champion: 3, … }, undefined) // { allowed: false, reason: 'version 3 is in service; …' }
 */
export function mayRetire(
  { number, status }: Pick<ModelVersion, 'number' | 'status'>,
  head: Pick<Head, 'champion' | 'previousChampion'>,
  release: Pick<Release, 'id' | 'version'> | undefined,
): RetirementVerdict {
  if (head.champion === number)
    return refused(`version ${number} is in service; promote another version first`);
  if (head.previousChampion === number)
    return refused(`version ${number} is kept for rollback; promote another version first`);
  if (release?.version === number)
    return refused(`version ${number} is being released by ${release.id}; wait until that has ended`);
  if (status === 'candidate')
    return refused(`version ${number} waits for its approval; reject it, and then retire it`);
  return { allowed: true };
}

function refused(reason: string): RetirementVerdict {
  return { allowed: false, reason };
}

/** Proof of what a version was and when it ended, kept where it can be neither changed nor deleted. */
export interface RetirementCertificate {
  readonly version: ModelVersion;
  readonly retiredAt: string;
  /** Where the model's ledger stood: everything decided about the version lies before it. */
  readonly ledger: Head['ledger'];
}

/** The version as it is once retired, and what proves it. */
export function retire(version: ModelVersion, head: Head, at: string): RetirementCertificate {
  return { version: { ...version, status: 'retired', retiredAt: at }, retiredAt: at, ledger: head.ledger };
}

export function retirementEntry(
  { version, retiredAt }: RetirementCertificate,
  certificateKey: string,
): NewEntry {
  const { model, number, runId } = version;
  return {
    at: retiredAt,
    actor: 'platform/retire-version',
    action: 'version-retired',
    subject: `version/${number}`,
    inputs: [{ kind: 'version', id: `${model}/${number}` }],
    facts: { version: number, runId, certificate: certificateKey },
  };
}
