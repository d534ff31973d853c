import { z } from 'zod';
import { ConflictError } from '../../lib/domain/errors.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Release } from '../../lib/domain/registry/release.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { ModelVersion, VersionStatus } from '../../lib/domain/registry/version.ts';
import { type Promotion, promote, promotionEntry } from '../../lib/domain/release/promotion.ts';
import { endpointName } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { Decision, Registry, Write } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { known, requiredItem } from '../../lib/stores/required.ts';

export const promoteVersionInput = z.object({
  model: z.string().min(1),
  releaseId: z.string().min(1),
  version: z.number().int().positive(),
});
type Input = z.output<typeof promoteVersionInput>;

export interface PromoteVersionDeps {
  readonly registry: Registry;
  readonly stage: string;
  readonly now: Now;
}

export interface VersionPromoted {
  /** Endpoints that nothing needs any longer. */
  readonly retiredEndpoints: readonly string[];
}

const UNFIT: readonly VersionStatus[] = ['rejected', 'retiring', 'retired'];

/** Moves the traffic: one decision that makes the version champion and closes its release and run. A repeat reads what it did. */
export async function promoteVersion(input: Input, deps: PromoteVersionDeps): Promise<VersionPromoted> {
  const { model, releaseId, version } = input;
  const { registry, stage } = deps;
  const at = deps.now().toISOString();
  const done = await registry.decide<Release>(model, async (current) => {
    const head = known(model, current);
    const release = await requiredItem<Release>(registry, model, sk.release(releaseId));
    if (release.version !== version)
      throw new ConflictError(`release ${releaseId} is about version ${release.version}, got ${version}`);
    if (release.status === 'completed') return { answer: release };
    if (release.status === 'failed')
      throw new ConflictError(`release ${releaseId} must be running, got failed`);
    return decisionOf(head, await promotionOf(head, release, at, registry), at);
  });
  const { displaced } = done;
  return { retiredEndpoints: displaced === undefined ? [] : [endpointName(stage, model, displaced)] };
}

async function promotionOf(head: Head, release: Release, at: string, registry: Registry): Promise<Promotion> {
  const { model } = head;
  const versionOf = (n: number | undefined) =>
    n === undefined ? undefined : requiredItem<ModelVersion>(registry, model, sk.version(n));
  const version = await requiredItem<ModelVersion>(registry, model, sk.version(release.version));
  if (UNFIT.includes(version.status))
    throw new ConflictError(
      `version ${version.number} must be approved to be promoted, got ${version.status}`,
    );
  const again = head.champion === version.number;
  return promote({
    release,
    version,
    champion: again ? undefined : await versionOf(head.champion),
    previousChampion: again ? undefined : await versionOf(head.previousChampion),
    run:
      release.runId === undefined
        ? undefined
        : await requiredItem<Run>(registry, model, sk.run(release.runId)),
    at,
  });
}

function decisionOf(head: Head, promotion: Promotion, at: string): Decision<Release> {
  const { version, previous, displaced, release, run } = promotion;
  const versions = [version, previous, displaced].filter((v) => v !== undefined);
  const writes: Write[] = [
    ...versions.map((v): Write => ({ sk: sk.version(v.number), item: v })),
    { sk: sk.release(release.id), item: release },
    ...(run ? [{ sk: sk.run(run.id), item: run }] : []),
  ];
  return {
    answer: release,
    entry: promotionEntry(promotion, at),
    head: {
      champion: version.number,
      ...(previous && { previousChampion: previous.number }),
      ...(head.releaseLock?.holder === release.id && { releaseLock: undefined }),
    },
    writes,
  };
}
