import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { SchemaColumn } from '../../domain/constraints/schema-diff.ts';
import type { PresetThresholds } from '../../domain/drift/preset-thresholds.ts';
import { type Binning, type ColumnBinning, makeBinning } from '../../domain/profile/binning.ts';
import type { Profile } from '../../domain/profile/profile.ts';
import type { ProfiledColumn } from '../../domain/profile/profiled-columns.ts';
import type { ColumnSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import type { AnyColumn, ColumnKind } from '../read/any-column.ts';
import { anyColumns } from '../read/any-columns.ts';
import { type BrokenCount, countBrokenRows } from '../read/broken-rows.ts';
import { copyTyped } from '../read/copy-typed.ts';
import { readingAnyLines } from '../read/even-lines.ts';
import type { FileFormat } from '../read/file-format.ts';
import { readableFormat } from '../read/readable-format.ts';
import { openSource } from '../read/source.ts';
import { sayingWhatIsWrong, UnreadableFileError } from '../read/unreadable-file.ts';
import { learnPreset } from './learn-preset.ts';
import { profileFile } from './profile-file.ts';
import { proposeBinning } from './propose-binning.ts';

export interface AnyFile {
  /** Parquet, CSV or JSON Lines, as its name says. */
  readonly file: string;
  /** What people call it; by default its path. */
  readonly name?: string;
}

export interface AnyProfile {
  readonly profile: Profile;
  readonly binning: Binning;
  /** The file's own columns in order: whole numbers are numbers like others. */
  readonly schema: readonly SchemaColumn[];
  /** The first row of a text file that is none; there are `profile.rejectedRows` of them. */
  readonly firstBroken?: BrokenCount['first'];
  readonly presetThresholds?: PresetThresholds;
}

/**
 * The profile of a file that no spec describes, and the binning it was counted under; columns keep the file's names. What the
 * columns are, its types say, or a sample of its texts; values that are something else are counted as `typeMismatch`.
 *
 * @param binning to count under, so that the profile compares with another; by default one made from the file
 * @param learnsPreset also NannyML's thresholds, from chunks of the rows as they come
 * Throws UnreadableFileError, with a sentence, for what is no such file, is harmed, has nested columns or only broken rows.
 */
export async function profileAnyFile(
  input: AnyFile & { readonly binning?: Binning; readonly learnsPreset?: boolean },
  engine: Engine,
): Promise<AnyProfile> {
  return withRows(input, engine, async ({ parquet, columns, schema, broken }) => {
    const binning = input.binning ?? (await binningOf(parquet, columns, engine));
    const profile = await profileFile({ file: parquet, binning, source: basename(input.file) }, engine);
    if (profile.rows === 0 && broken.first !== undefined) throw allBroken(input, broken);
    const presetThresholds = input.learnsPreset
      ? await learnPreset({ file: parquet, binning, profile }, engine)
      : undefined;
    return {
      profile: { ...profile, rejectedRows: broken.count },
      binning,
      schema,
      ...(broken.first && { firstBroken: broken.first }),
      ...(presetThresholds && { presetThresholds }),
    };
  });
}

function allBroken({ file, name = file }: AnyFile, { count, first }: BrokenCount): UnreadableFileError {
  return new UnreadableFileError(
    `${name} has no row that can be read, of ${count}; the first, row ${first?.row}: ${first?.reason}`,
  );
}

interface TypedFile {
  readonly parquet: string;
  /** As they are to be counted. */
  readonly columns: readonly AnyColumn[];
  readonly schema: AnyProfile['schema'];
  /** Rows of a text file that are none. */
  readonly broken: BrokenCount;
}

/** Lends `work` the rows as a Parquet file of the types that the columns have: the file itself, where it is one. */
async function withRows<T>(
  { file, name = file, binning }: AnyFile & { readonly binning?: Binning },
  engine: Engine,
  work: (rows: TypedFile) => Promise<T>,
): Promise<T> {
  const format = await readableFormat(file, name);
  const folder = await mkdtemp(join(tmpdir(), 'mooring-file-'));
  const lend = (path: string) => lendRows({ file: path, name, binning, format, folder }, engine, work);
  try {
    return await sayingWhatIsWrong(name, () => readingAnyLines(file, format, lend));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface LentFile extends Required<AnyFile> {
  readonly binning: Binning | undefined;
  readonly format: FileFormat;
  readonly folder: string;
}

async function lendRows<T>(
  { file, name, binning, format, folder }: LentFile,
  engine: Engine,
  work: (rows: TypedFile) => Promise<T>,
): Promise<T> {
  const source = await openSource(file, format, engine);
  const found = await anyColumns(source, name, engine);
  const columns = found.map((column) => comparable(column, binning?.columns[column.name]));
  const schema = found.map(({ name, type }) => ({ name, type: type === 'integer' ? 'number' : type }));
  if (columns.every((column) => column.native))
    return work({ parquet: file, columns, schema, broken: { count: 0 } });
  const parquet = join(folder, 'rows.parquet');
  await copyTyped(source, columns, parquet, engine);
  return work({ parquet, columns, schema, broken: await countBrokenRows(source, file, name, engine) });
}

const TYPES: Readonly<Record<ColumnKind, ColumnSpec['type']>> = {
  numeric: 'number',
  categorical: 'string',
  text: 'string',
  timestamp: 'timestamp',
};

/** A column as another file's binning counts it; what is not of that kind is a value of the wrong type. */
function comparable(column: AnyColumn, binning: ColumnBinning | undefined): AnyColumn {
  if (binning === undefined || binning.kind === column.kind) return column;
  const bothStrings = column.type === 'string' && TYPES[binning.kind] === 'string';
  if (bothStrings) return { ...column, kind: binning.kind };
  return { name: column.name, type: TYPES[binning.kind], kind: binning.kind, native: false };
}

async function binningOf(parquet: string, columns: readonly AnyColumn[], engine: Engine): Promise<Binning> {
  const counted = columns.filter(
    (column): column is AnyColumn & ProfiledColumn =>
      column.kind === 'numeric' || column.kind === 'categorical',
  );
  const proposed = await proposeBinning({ file: parquet, columns: counted }, engine);
  const fixed = columns.flatMap(({ name, kind }): [string, ColumnBinning][] =>
    kind === 'text' || kind === 'timestamp' ? [[name, { kind }]] : [],
  );
  return makeBinning({ ...proposed.columns, ...Object.fromEntries(fixed) });
}
