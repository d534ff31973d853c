import type { Run } from '../../lib/domain/registry/run.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import { keys } from '../../lib/names.ts';
import type { PrepareDataDeps } from './deps.ts';
import type { RawFiles } from './raw-files.ts';

/** A prepared set in the making. */
export interface SetWork {
  readonly run: Run;
  readonly spec: ModelSpec;
  readonly contentKey: string;
  readonly raw: RawFiles;
  readonly folder: string;
}

/** Puts a local file into the set as one of its parts. */
export function upload(
  { run, contentKey }: Pick<SetWork, 'run' | 'contentKey'>,
  part: string,
  file: string,
  { data }: PrepareDataDeps,
): Promise<void> {
  return data.upload(file, keys.prepared(run.model, contentKey, part));
}
