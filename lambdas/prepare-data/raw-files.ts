import { basename, join } from 'node:path';
import { ConflictError } from '../../lib/domain/errors.ts';
import type { DatasetObject, DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import { requiredFile, requiredItem, requiredJson } from '../../lib/stores/required.ts';
import { sk } from '../../lib/stores/sort-keys.ts';
import type { PrepareDataDeps } from './deps.ts';

type Deps = Pick<PrepareDataDeps, 'registry' | 'landing' | 'data'>;

/** Downloads the raw objects of a run's datasets into a folder; the local files, in the order of the run. */
export async function downloadRawFiles(run: Run, folder: string, deps: Deps): Promise<readonly string[]> {
  const files: string[] = [];
  for (const id of run.datasets) {
    for (const object of await objectsOf(run.model, id, deps)) {
      const file = join(folder, `${files.length}-${basename(object.key)}`);
      await requiredFile(deps.landing, object.key, file, object.versionId);
      files.push(file);
    }
  }
  return files;
}

async function objectsOf(
  model: string,
  id: string,
  { registry, data }: Deps,
): Promise<readonly DatasetObject[]> {
  const dataset = await requiredItem<DatasetVersion>(registry, model, sk.dataset(id));
  if (dataset.status !== 'accepted')
    throw new ConflictError(`dataset ${id} must be accepted to be learned from, got ${dataset.status}`);
  const manifest = await requiredJson<{ readonly objects: readonly DatasetObject[] }>(
    data,
    dataset.manifestKey,
  );
  return manifest.objects;
}
