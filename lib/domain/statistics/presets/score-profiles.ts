import type { PresetName, PresetScore } from './preset.ts';
import { type ProfiledColumn, profilePair } from './profile-pair.ts';
import { scorePair } from './score-preset.ts';

export interface ScorePresetProfiles {
  readonly reference: ProfiledColumn;
  readonly current: ProfiledColumn;
  /** Of the bins of numeric columns. */
  readonly edges?: readonly number[];
  /** The library's name of a method; by default the one it takes itself. */
  readonly method?: string;
  /** Instead of the library's own threshold. */
  readonly threshold?: number;
  /** Profiles of parts of the reference, from which NannyML learns its threshold; without them it has none. */
  readonly chunks?: readonly ProfiledColumn[];
}

/**
 * What a library would say about a column, from profiles: equal for named categories and where every value has its own bin, else
 * within `profileError` of its score of the raw values. A Kolmogorov-Smirnov p is that of a distance at most one bin's share too
 * small, so it is a little too large. Tests that need the values (Mann-Whitney, Anderson-Darling, Cramér-von Mises, Epps-Singleton, energy)
 * have no score.
 *
 * @returns no score, and no drift, where it cannot be measured
 * Throws for a method that the preset does not have, and for two kinds of column.
 * @example scorePresetProfiles('evidently', { reference, current, edges }) // { method: 'wasserstein', score: 0.0629, … }
 */
export function scorePresetProfiles(preset: PresetName, input: ScorePresetProfiles): PresetScore {
  const { reference, current, edges, chunks, method, threshold } = input;
  const pairs = chunks?.map((chunk) => profilePair(reference, chunk, edges));
  return scorePair(preset, profilePair(reference, current, edges), {
    ...(method !== undefined && { method }),
    ...(threshold !== undefined && { threshold }),
    ...(pairs !== undefined && { chunks: () => pairs }),
  });
}
