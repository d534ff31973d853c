import type { Binning } from '../../lib/domain/profile/binning.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import { listAll } from '../../lib/stores/registry/registry.ts';
import { skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import type { ApiDeps } from './deps.ts';

/** The columns that drift is asked of, of any version of a model: windows keep only those that matter most. */
export async function judgedColumns(
  model: string,
  { registry, artifacts }: Pick<ApiDeps, 'registry' | 'artifacts'>,
): Promise<ReadonlySet<string>> {
  const versions = await listAll<ModelVersion>(registry, model, skPrefix.version);
  const binnings = await Promise.all(versions.map((v) => artifacts.getJson<Binning>(v.binningKey)));
  return new Set(binnings.flatMap((binning) => Object.keys(binning?.columns ?? {})));
}
