import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { fileSchema, type SchemaColumn } from '../../../lib/domain/constraints/schema-diff.ts';
import { type Binning, binningSchema } from '../../../lib/domain/profile/binning.ts';
import { type Profile, profileSchema } from '../../../lib/domain/profile/profile.ts';

/** What a file is like, and the cuts it was counted under: what `mooring profile` writes and `mooring score` reads. */
export interface ProfileDocument {
  readonly kind: typeof KIND;
  readonly profile: Profile;
  readonly binning: Binning;
  /** The file's own columns, which are more or fewer than those counted; absent in a profile of an older version. */
  readonly schema?: readonly SchemaColumn[] | undefined;
}

/** A file that cannot be used, said in a sentence. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

const KIND = 'mooring.profile';

/** Whether a name promises a profile: `.json`, or gzipped `.json.gz`. */
export function isProfileName(path: string): boolean {
  return /\.json(\.gz)?$/i.test(path);
}

/** @throws FileError for what is no profile */
export async function readProfile(path: string): Promise<ProfileDocument> {
  const document = parsed(await contentOf(path), path);
  if (document.kind !== KIND)
    throw new FileError(
      `${path} is no profile: mooring profile FILE --out ${path} writes one (rows of JSON are called .jsonl)`,
    );
  const profile = profileSchema.safeParse(document.profile);
  const binning = binningSchema.safeParse(document.binning);
  const schema = fileSchema.optional().safeParse(document.schema);
  const issue = (profile.error ?? binning.error ?? schema.error)?.issues[0];
  if (profile.data === undefined || binning.data === undefined || !schema.success)
    throw new FileError(
      `${path} is a broken profile: ${issue?.path.join('.') || 'its content'}: ${issue?.message}`,
    );
  return { kind: KIND, profile: profile.data, binning: binning.data, schema: schema.data };
}

export async function writeProfile(
  path: string,
  { profile, binning, schema }: Omit<ProfileDocument, 'kind'>,
): Promise<void> {
  const text = `${JSON.stringify({ kind: KIND, profile, binning, schema })}\n`;
  await writeFile(path, path.endsWith('.gz') ? await promisify(gzip)(text) : text);
}

async function contentOf(path: string): Promise<string> {
  const bytes = await readFile(path);
  if (!path.toLowerCase().endsWith('.gz')) return bytes.toString('utf8');
  try {
    return (await promisify(gunzip)(bytes)).toString('utf8');
  } catch (error) {
    throw new FileError(`${path} is no gzip file, against its name: ${(error as Error).message}`);
  }
}

function parsed(text: string, path: string): Partial<Record<keyof ProfileDocument, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    throw new FileError(`${path} is no JSON, against its name`);
  }
}
