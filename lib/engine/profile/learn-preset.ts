import { learnThresholds, type PresetThresholds } from '../../domain/drift/preset-thresholds.ts';
import { type Binning, makeBinning } from '../../domain/profile/binning.ts';
import type { Profile } from '../../domain/profile/profile.ts';
import { chunkRanges } from '../../domain/statistics/presets/chunk-ranges.ts';
import type { Engine } from '../engine.ts';
import { parquetRows } from '../sql-text.ts';
import { profileFile } from './profile-file.ts';

export interface LearnPreset {
  /** Parquet of the reference. */
  readonly file: string;
  readonly binning: Binning;
  /** Of the whole file. */
  readonly profile: Pick<Profile, 'columns' | 'rows'>;
  /** Column in whose order chunks are cut; by default that of the rows. */
  readonly orderBy?: '_time';
}

/** The thresholds of NannyML for a reference, from profiles of its chunks. Reads the file ten times over, a tenth each. */
export async function learnPreset(
  { file, binning, profile, orderBy }: LearnPreset,
  engine: Engine,
): Promise<PresetThresholds> {
  const ordered = orderBy === undefined ? file : `${file}.ordered.parquet`;
  if (orderBy !== undefined)
    await engine.copy(`SELECT * FROM ${parquetRows(file)} ORDER BY ${orderBy}`, ordered);
  const columns = makeBinning(binning.columns);
  const chunks: Profile[] = [];
  for (const range of chunkRanges(profile.rows))
    chunks.push(await profileFile({ file: ordered, binning: columns, source: 'chunk', range }, engine));
  return learnThresholds(binning, profile, chunks);
}
