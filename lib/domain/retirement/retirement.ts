import type { NewEntry } from '../ledger.ts';
import type { Head } from '../registry/head.ts';
import type { ModelVersion } from '../registry/version.ts';

export type RetirementVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string };

/**
 * Whether a version may be retired: not while it serves, nor while its endpoint is kept for rollback.
 *
 * @example mayRetire(3, { champion: 3, … }) // { allowed: false, reason: 'version 3 is in service; …' }
 */
export function mayRetire(
  number: number,
  head: Pick<Head, 'champion' | 'previousChampion'>,
): RetirementVerdict {
  if (head.champion === number)
    return { allowed: false, reason: `version ${number} is in service; promote another version first` };
  if (head.previousChampion === number)
    return {
      allowed: false,
      reason: `version ${number} is kept for rollback; promote another version first`,
    };
  return { allowed: true };
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
