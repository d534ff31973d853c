import type { NewEntry } from '../../lib/domain/ledger.ts';
import type { Release } from '../../lib/domain/registry/release.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import { startRelease } from '../../lib/domain/release/start-release.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { known } from '../../lib/stores/required.ts';
import { MODEL, NOW, type World } from './a-world.ts';

export function aVersion(number: number, more: Partial<ModelVersion> = {}): ModelVersion {
  return {
    model: MODEL,
    number,
    status: 'approved',
    runId: `r${number}`,
    specHash: 's1',
    featuresHash: 'f1',
    codeHash: 'c1',
    image: 'scikit-learn:1',
    modelDataUrl: `s3://artifacts/${number}/model.tar.gz`,
    metrics: { auc: 0.8 },
    baselineMetrics: { auc: 0.7 },
    holdoutRows: 240,
    gates: [],
    binningKey: `binnings/${number}.json`,
    referenceProfileKey: `profiles/${number}.json`,
    trainedUntil: '2013-01-06T23:59:00.000Z',
    createdAt: NOW,
    ...more,
  };
}

/** The entry by which a version became the champion. */
export function championChanged(version: number): NewEntry {
  return {
    at: NOW,
    actor: 'platform/promote-version',
    action: 'champion-changed',
    subject: `version/${version}`,
    facts: {},
  };
}

/** Starts the release of an approved version, as an approval does. */
export function aStartedRelease(world: World, version: ModelVersion, runId?: string): Promise<Release> {
  return world.registry.decide(MODEL, (current) => {
    const started = startRelease({
      head: known(MODEL, current),
      version,
      ...(runId !== undefined && { runId }),
      actor: 'token/t2',
      reason: 'better',
      at: NOW,
      leaseExpiresAt: '2026-11-24T14:00:00.000Z',
    });
    if (started.verdict === 'refused') throw new Error(started.reason);
    const { release, entry, lock } = started;
    const writes = [
      { sk: sk.version(version.number), item: version },
      { sk: sk.release(release.id), item: release },
    ];
    return { answer: release, entry, head: { releaseLock: lock }, writes };
  });
}
