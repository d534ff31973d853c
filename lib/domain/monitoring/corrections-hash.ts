import { contentHash } from '../canonical-json.ts';
import type { LabelledPrediction } from './join-labels.ts';

/**
 * Names what labels have taken back of each other: which predictions are corrected or contested, and what holds of them now. Two joins
 * with one hash teach the same of the predictions that both have, whenever their labels were received.
 *
 * @param rows any order
 * @returns undefined where nothing was taken back
 * @example correctionsHash(joinLabels(predictions, [label]).rows) // undefined: it is the only one
 */
export function correctionsHash(rows: readonly LabelledPrediction[]): string | undefined {
  const takenBack = rows
    .filter(({ corrected, contested }) => corrected || contested)
    .map(({ predictionId, label, contested }) => ({ predictionId, label, contested }))
    .sort((a, b) => (a.predictionId < b.predictionId ? -1 : 1));
  return takenBack.length === 0 ? undefined : contentHash(takenBack);
}
