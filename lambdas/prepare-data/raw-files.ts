import { basename, join } from 'node:path';
import { ConflictError } from '../../lib/domain/errors.ts';
import type { DatasetObject, DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import { INFLUENCED_FILE } from '../../lib/names.ts';
import { requiredFile, requiredItem, requiredJson } from '../../lib/stores/required.ts';
import { sk } from '../../lib/stores/sort-keys.ts';
import type { PrepareDataDeps } from './deps.ts';

type Deps = Pick<PrepareDataDeps, 'registry' | 'landing' | 'data'>;

/** Local copies of a run's raw objects. */
export interface RawFiles {
  /** Of its datasets, in the order of the run. */
  readonly training: readonly string[];
  /** Of these, what holds rows whose outcome the model influenced. */
  readonly influenced: readonly string[];
  /** Of the golden set; none if there is none. */
  readonly golden: readonly string[];
}

/** Downloads the raw objects of a run's datasets, and of the golden set, into a folder. */
export async function downloadRawFiles(
  run: Run,
  golden: string | undefined,
  folder: string,
  deps: Deps,
): Promise<RawFiles> {
  const training: string[] = [];
  const influenced: string[] = [];
  for (const id of run.datasets) {
    const { origin, objects } = await contentOf(run.model, id, deps);
    for (const object of objects) {
      const file = join(folder, `${training.length}-${basename(object.key)}`);
      await requiredFile(deps.landing, object.key, file, object.versionId);
      training.push(file);
      if (origin === 'labelled-predictions' && basename(object.key) === INFLUENCED_FILE)
        influenced.push(file);
    }
  }
  return { training, influenced, golden: await downloadGolden(run.model, golden, folder, deps) };
}

async function downloadGolden(
  model: string,
  id: string | undefined,
  folder: string,
  deps: Deps,
): Promise<readonly string[]> {
  if (id === undefined) return [];
  const { objects } = await contentOf(model, id, deps);
  return Promise.all(
    objects.map(async (object, i) => {
      const file = join(folder, `golden-${i}-${basename(object.key)}`);
      await requiredFile(deps.landing, object.key, file, object.versionId);
      return file;
    }),
  );
}

async function contentOf(
  model: string,
  id: string,
  { registry, data }: Deps,
): Promise<Pick<DatasetVersion, 'origin'> & { readonly objects: readonly DatasetObject[] }> {
  const dataset = await requiredItem<DatasetVersion>(registry, model, sk.dataset(id));
  if (dataset.status !== 'accepted')
    throw new ConflictError(`dataset ${id} must be accepted to be learned from, got ${dataset.status}`);
  const manifest = await requiredJson<{ readonly objects: readonly DatasetObject[] }>(
    data,
    dataset.manifestKey,
  );
  return { origin: dataset.origin, objects: manifest.objects };
}
