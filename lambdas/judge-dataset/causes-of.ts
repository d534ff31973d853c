import type { IntakePlan } from '../../lib/domain/intake/intake-plan.ts';
import { type FailedChild, pieceFailures } from '../../lib/domain/intake/piece-failures.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { requiredJson } from '../../lib/stores/required.ts';

/** `manifest.json` of a distributed map's results, as Step Functions writes it. */
interface ResultsManifest {
  readonly ResultFiles?: { readonly FAILED?: readonly { readonly Key: string }[] };
}

/** Why pieces have no shard, by the failed children of the map that profiled them. */
export async function causesOf(
  plan: IntakePlan,
  resultsKey: string | undefined,
  artifacts: ObjectStore,
): Promise<ReadonlyMap<number, string> | undefined> {
  if (resultsKey === undefined) return undefined;
  const { ResultFiles } = await requiredJson<ResultsManifest>(artifacts, resultsKey);
  const failed: FailedChild[] = [];
  for (const { Key } of ResultFiles?.FAILED ?? [])
    failed.push(...(await requiredJson<readonly FailedChild[]>(artifacts, Key)));
  return pieceFailures(failed, plan.batches);
}
