import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { DriftWindow } from '../../lib/domain/registry/window.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { Registry } from '../../lib/stores/registry.ts';
import { requiredItem, requiredSpec } from '../../lib/stores/required.ts';
import { sk } from '../../lib/stores/sort-keys.ts';

/** How the version of a window is watched: by the spec it was trained with. */
export async function versionMonitoring(
  { model, version }: Pick<DriftWindow, 'model' | 'version'>,
  registry: Registry,
): Promise<ModelSpec['monitoring']> {
  const { specHash } = await requiredItem<ModelVersion>(registry, model, sk.version(version));
  return (await requiredSpec(registry, model, specHash)).monitoring;
}
