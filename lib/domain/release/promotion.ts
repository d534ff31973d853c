import type { NewEntry } from '../ledger.ts';
import type { Release } from '../registry/release.ts';
import type { Run } from '../registry/run.ts';
import type { ModelVersion } from '../registry/version.ts';

export interface Promotion {
  readonly version: ModelVersion;
  /** The champion until now, kept for rollback. */
  readonly previous?: ModelVersion;
  /** The previous champion until now: its endpoint is needed no longer. */
  readonly displaced?: ModelVersion;
  readonly release: Release;
  /** The run that made the version, closed by this. */
  readonly run?: Run;
}

export interface Promoting {
  readonly release: Release;
  readonly version: ModelVersion;
  readonly champion: ModelVersion | undefined;
  readonly previousChampion: ModelVersion | undefined;
  readonly run: Run | undefined;
  readonly at: string;
}

/**
 * Everything that changes when a version becomes the champion. The champion before the previous one stays approved and may be
 * released again; only its endpoint goes.
 *
 * @example promote({ release, version, champion: undefined, … }).version.status // 'in-service'
 */
export function promote({ release, version, champion, previousChampion, run, at }: Promoting): Promotion {
  const displaced =
    previousChampion && previousChampion.number !== version.number ? previousChampion : undefined;
  return {
    version: { ...version, status: 'in-service', inServiceSince: at },
    ...(champion && { previous: { ...champion, status: 'previous' } }),
    ...(displaced && { displaced: { ...displaced, status: 'approved' } }),
    release: {
      ...release,
      status: 'completed',
      closedAt: at,
      ...(displaced && { displaced: displaced.number }),
    },
    ...(run && { run: { ...run, status: 'closed', outcome: 'promoted', closedAt: at } }),
  };
}

/** The ledger entry of a promotion. */
export function promotionEntry({ version, previous, release, run }: Promotion, at: string): NewEntry {
  const { model, number } = version;
  const after = previous ? `version ${previous.number}` : 'no version';
  return {
    at,
    actor: 'platform/promote-version',
    action: 'champion-changed',
    subject: `version/${number}`,
    inputs: [{ kind: 'version', id: `${model}/${number}` }],
    outputs: [{ kind: 'release', id: `${model}/${release.id}` }],
    facts: {
      version: number,
      previous: previous?.number,
      kind: release.kind,
      releaseId: release.id,
      ...(run && { runId: run.id, outcome: 'promoted' }),
    },
    alert: {
      severity: 'info',
      sentence: `Version ${number} of ${model} is in service, after ${after}.`,
      link: `versions/${number}`,
    },
  };
}
