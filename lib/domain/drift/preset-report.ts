import type { Binning, ColumnBinning } from '../profile/binning.ts';
import type { ColumnProfile } from '../profile/column-profile.ts';
import type { Profile } from '../profile/profile.ts';
import { presetDatasetDrift } from '../statistics/presets/dataset-rule.ts';
import type { PresetName, PresetScore } from '../statistics/presets/preset.ts';
import { scorePresetProfiles } from '../statistics/presets/score-profiles.ts';

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

/**
 * A library's rules over the watched columns of a window: numbers and categories, which are all that those libraries compare.
 *
 * @param names of the watched columns
 */
export function presetReport(
  preset: PresetName,
  { reference, window, binning }: { reference: Profile; window: Profile; binning: Binning },
  names: readonly string[],
): PresetReport {
  const scores = names.flatMap((column) => {
    const pair = [reference.columns[column], window.columns[column]] as [ColumnProfile, ColumnProfile];
    const score = scoreOf(preset, pair, binning.columns[column] as ColumnBinning);
    return score === undefined ? [] : [{ column, score }];
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

function scoreOf(
  preset: PresetName,
  [reference, current]: readonly [ColumnProfile, ColumnProfile],
  binning: ColumnBinning,
): PresetScore | undefined {
  if (reference.n === 0 || current.n === 0) return undefined;
  if (reference.kind === 'numeric' && current.kind === 'numeric' && binning.kind === 'numeric')
    return scorePresetProfiles(preset, { reference, current, edges: binning.edges });
  if (reference.kind === 'categorical' && current.kind === 'categorical')
    return scorePresetProfiles(preset, { reference, current });
  return undefined;
}
