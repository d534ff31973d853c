import { join } from 'node:path';
import type { ModelSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import { computeFile } from '../features/compute-file.ts';
import { withName } from '../read/with-name.ts';
import { checkedColumns, type FeatureColumn } from '../spec-sql/check-features.ts';

/** One raw object of a dataset, downloaded. */
export interface RawObject {
  readonly file: string;
  /** Its name says the format. */
  readonly objectKey: string;
  readonly spec: ModelSpec;
  /** Event time of its rows when the spec has no `timeColumn`. */
  readonly receivedAt?: string;
}

/** Lends `work` a temporary Parquet file of the object's inputs and features, named as a profile names them. */
export async function withProfileFile<T>(
  { file, objectKey, spec, receivedAt }: RawObject,
  engine: Engine,
  work: (file: string, features: readonly FeatureColumn[]) => Promise<T>,
): Promise<T> {
  return withName(file, objectKey, async (input, folder) => {
    const output = join(folder, 'profile.parquet');
    await computeFile(
      { inputs: [input], spec, output, columns: 'profile', ...(receivedAt ? { receivedAt } : {}) },
      engine,
    );
    return work(output, await checkedColumns(spec));
  });
}
