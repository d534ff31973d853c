import { readdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { UsageError } from './exit-codes.ts';
import type { FileToSend } from './upload-files.ts';

/** A `model.yaml` as the API wants it, and the trainer's files if it brings its own. */
export interface SpecFile {
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
  /** To be uploaded; its hash then takes the place of the folder in `training.code`. */
  readonly code?: readonly FileToSend[];
}

type Fields = Record<string, unknown>;

/**
 * Reads a spec: `features.sql` that ends in .sql names a file beside it, and `training.code` that is no hash names a folder.
 */
export async function readSpecFile(file: string): Promise<SpecFile> {
  const spec = parse(await readFile(file, 'utf8')) as Fields | null;
  if (typeof spec !== 'object' || spec === null || typeof spec.name !== 'string')
    throw new UsageError(`${file} must be a spec with a name`);
  const beside = (path: string) => resolve(dirname(file), path);
  const features = { ...(spec.features as Fields | undefined) };
  if (typeof features.sql === 'string' && features.sql.endsWith('.sql'))
    features.sql = await readFile(beside(features.sql), 'utf8');
  const code = (spec.training as Fields | undefined)?.code;
  const folder = typeof code === 'string' && !/^[0-9a-f]{64}$/.test(code) ? beside(code) : undefined;
  return {
    name: spec.name,
    spec: { ...spec, features },
    ...(folder !== undefined && { code: await readFolder(folder) }),
  };
}

/** Only the files of the folder itself: SageMaker puts them side by side. */
async function readFolder(folder: string): Promise<readonly FileToSend[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((e) => e.isFile()).map((e) => e.name);
  return Promise.all(names.map(async (name) => ({ name, content: await readFile(resolve(folder, name)) })));
}

/** The spec that names its uploaded code. */
export function withCode({ spec }: SpecFile, code: string): Readonly<Record<string, unknown>> {
  return { ...spec, training: { ...(spec.training as Fields), code } };
}
