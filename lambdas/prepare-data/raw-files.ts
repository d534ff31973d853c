import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ConflictError } from '../../lib/domain/errors.ts';
import type { DatasetObject, DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import { INFLUENCED_FILE } from '../../lib/names.ts';
import { inParallel } from '../../lib/runtime/in-parallel.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredFile, requiredItem, requiredJson } from '../../lib/stores/required.ts';
import type { PrepareDataDeps } from './deps.ts';

type Deps = Pick<PrepareDataDeps, 'registry' | 'landing' | 'data'>;

/** Objects, and documents of datasets, read at a time. */
const DOWNLOADS = 8;

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
  const objects = await objectsOf(run.model, run.datasets, deps);
  const training = await downloadAll(objects, join(folder, 'training'), deps);
  const cases = await objectsOf(run.model, golden === undefined ? [] : [golden], deps);
  return {
    training,
    influenced: training.filter((_, i) => objects[i]?.influenced),
    golden: await downloadAll(cases, join(folder, 'golden'), deps),
  };
}

type RawObject = DatasetObject & { readonly influenced: boolean };

async function objectsOf(model: string, ids: readonly string[], deps: Deps): Promise<readonly RawObject[]> {
  const contents = await inParallel(DOWNLOADS, ids, (id) => contentOf(model, id, deps));
  return contents.flatMap(({ origin, objects }) =>
    objects.map((object) => ({
      ...object,
      influenced: origin === 'labelled-predictions' && basename(object.key) === INFLUENCED_FILE,
    })),
  );
}

async function downloadAll(
  objects: readonly DatasetObject[],
  folder: string,
  { landing }: Deps,
): Promise<readonly string[]> {
  await mkdir(folder);
  return inParallel(DOWNLOADS, objects, async ({ key, versionId }, i) => {
    const file = join(folder, `${i}-${basename(key)}`);
    await requiredFile(landing, key, file, versionId);
    return file;
  });
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
