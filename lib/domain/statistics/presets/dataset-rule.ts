import type { PresetName, PresetScore } from './preset.ts';

/** Share of columns from which Evidently calls a dataset drifted. */
const EVIDENTLY_DRIFT_SHARE = 0.5;

/**
 * Whether the library would call the whole dataset drifted: Evidently when half of the columns are, the others with the first
 * column that alarms.
 *
 * @returns false for no columns
 * Source: Evidently 0.7.21 `DataDriftPreset(drift_share=0.5)`; Model Monitor and TFDV report every violation; NannyML ranks columns
 * by how often they alert.
 * @example presetDatasetDrift('evidently', scores of 2 columns, 1 drifted) // true
 */
export function presetDatasetDrift(preset: PresetName, scores: readonly PresetScore[]): boolean {
  const drifted = scores.filter((score) => score.drifted).length;
  if (preset !== 'evidently') return drifted > 0;
  return scores.length > 0 && drifted / scores.length >= EVIDENTLY_DRIFT_SHARE;
}
