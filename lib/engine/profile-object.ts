import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { ModelSpec } from '../domain/spec.ts';
import { checkedColumns, type FeatureColumn } from './check-features.ts';
import { computeFile } from './compute-file.ts';
import type { Engine } from './engine.ts';

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
  object: RawObject,
  engine: Engine,
  work: (file: string, features: readonly FeatureColumn[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-profile-'));
  try {
    const input = join(folder, `raw-${basename(object.objectKey)}`);
    await symlink(resolve(object.file), input);
    const output = join(folder, 'profile.parquet');
    const { spec, receivedAt } = object;
    await computeFile({ inputs: [input], spec, output, columns: 'profile', ...(receivedAt ? { receivedAt } : {}) }, engine);
    return await work(output, await checkedColumns(spec));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
