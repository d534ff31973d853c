import { entryOf } from '../entry-of.ts';
import type { Binning, ColumnBinning } from '../profile/binning.ts';
import type { ColumnProfile } from '../profile/column-profile.ts';
import type { Profile } from '../profile/profile.ts';
import { presetDatasetDrift } from '../statistics/presets/dataset-rule.ts';
import type { PresetName, PresetScore } from '../statistics/presets/preset.ts';
import { scorePresetProfiles } from '../statistics/presets/score-profiles.ts';
import { presetPair } from './preset-pair.ts';
import type { PresetThresholds } from './preset-thresholds.ts';

/** What a library would say of a window, beside our verdict and never instead of it. */
export interface PresetReport {
  readonly preset: PresetName;
  /** By the library's own rule for a dataset. */
  readonly drifted: boolean;
  readonly columns: readonly PresetColumn[];
}

export interface PresetColumn extends Omit<PresetScore, 'preset' | 'alarm'> {
  readonly column: string;
}

interface Scored {
  readonly reference: Profile;
  readonly window: Profile;
  readonly binning: Binning;
  readonly presetThresholds?: PresetThresholds | undefined;
}

/**
 * A library's rules over the watched columns of a window: numbers and categories, which are all that those libraries compare.
 *
 * @param names of the watched columns
 * @param thresholds that the library learned from the reference; without them NannyML has scores only
 */
export function presetReport(
  preset: PresetName,
  { reference, window, binning, presetThresholds = {} }: Scored,
  names: readonly string[],
): PresetReport {
  const scores = names.flatMap((column) => {
    const pair = presetPair(
      reference.columns[column] as ColumnProfile,
      window.columns[column] as ColumnProfile,
      binning.columns[column] as ColumnBinning,
    );
    if (pair === undefined) return [];
    const threshold = preset === 'nannyml' ? entryOf(presetThresholds, column) : undefined;
    const score = scorePresetProfiles(preset, { ...pair, ...(threshold !== undefined && { threshold }) });
    return [{ column, score }];
  });
  const columns = scores.map(({ column, score: { preset: _, alarm: __, ...score } }) => ({
    column,
    ...score,
  }));
  return {
    preset,
    drifted: presetDatasetDrift(
      preset,
      scores.map(({ score }) => score),
    ),
    columns,
  };
}
