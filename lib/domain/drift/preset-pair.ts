import type { ColumnBinning } from '../profile/binning.ts';
import type { ColumnProfile } from '../profile/column-profile.ts';
import type { ScorePresetProfiles } from '../statistics/presets/score-profiles.ts';

/**
 * A column of a reference and of current rows for a library's rules.
 *
 * @returns undefined for what those libraries do not compare: texts, times, and columns without a value on one side
 */
export function presetPair(
  reference: ColumnProfile,
  current: ColumnProfile,
  binning: ColumnBinning,
): ScorePresetProfiles | undefined {
  if (reference.n === 0 || current.n === 0) return undefined;
  if (reference.kind === 'numeric' && current.kind === 'numeric' && binning.kind === 'numeric')
    return { reference, current, edges: binning.edges };
  if (reference.kind === 'categorical' && current.kind === 'categorical') return { reference, current };
  return undefined;
}
