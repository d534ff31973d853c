import type { Binning, ColumnBinning } from '../profile/binning.ts';
import type { ColumnProfile } from '../profile/column-profile.ts';
import type { Profile } from '../profile/profile.ts';
import { scorePresetProfiles } from '../statistics/presets/score-profiles.ts';
import { presetPair } from './preset-pair.ts';

/** Threshold of each column's score, for columns that have one. */
export type PresetThresholds = Readonly<Record<string, number>>;

/**
 * The thresholds that NannyML would learn from a reference, by profiles of its chunks: mean and three standard deviations of the
 * chunks' scores against all of it.
 *
 * @param chunks of the reference, counted under its binning; see `chunkRanges`
 * @returns of numbers and categories that have a value: equal to those of the raw values for named categories and where every
 * value has its own bin, else within 0.03
 * Source: NannyML 0.13.1 `StandardDeviationThreshold` over its default chunks, by its default method (Jensen-Shannon).
 * @example learnThresholds(binning, reference, chunks) // { 'input.temp': 0.1059 }
 */
export function learnThresholds(
  { columns }: Pick<Binning, 'columns'>,
  reference: Pick<Profile, 'columns'>,
  chunks: readonly Pick<Profile, 'columns'>[],
): PresetThresholds {
  const learned = Object.entries(columns).flatMap(([name, binning]): [string, number][] => {
    const whole = reference.columns[name] as ColumnProfile;
    const parts = chunks.map((chunk) => chunk.columns[name] as ColumnProfile);
    const threshold = thresholdOf(whole, parts, binning);
    return threshold === undefined ? [] : [[name, threshold]];
  });
  return Object.fromEntries(learned);
}

function thresholdOf(
  whole: ColumnProfile,
  parts: readonly ColumnProfile[],
  binning: ColumnBinning,
): number | undefined {
  const itself = presetPair(whole, whole, binning);
  if (itself === undefined) return undefined;
  const chunks = parts.flatMap((part) => presetPair(whole, part, binning)?.current ?? []);
  return scorePresetProfiles('nannyml', { ...itself, chunks }).threshold;
}
