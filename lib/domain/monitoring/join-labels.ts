import type { EvaluatedRow } from '../evaluation/evaluated-row.ts';
import type { LabelRecord } from '../labels/label.ts';

/** A served prediction, as far as a label must know it. */
export interface LoggedPrediction {
  readonly predictionId: string;
  /** The caller's own id. */
  readonly id: string | null;
  readonly label: string;
  readonly score: number;
}

export interface LabelledPrediction extends EvaluatedRow {
  readonly predictionId: string;
  /** The label that won, as it was received. */
  readonly winner: LabelRecord;
}

export interface JoinedLabels {
  readonly rows: readonly LabelledPrediction[];
  /** Labels that say the same thing again, or lost against another. */
  readonly repeated: number;
  /** Labels that name no prediction here: of another version, or of none. */
  readonly unmatched: number;
}

/**
 * Gives each prediction its label. A label names a prediction, or the caller's id and with it every prediction of that id. The
 * first received wins, unless a later one has a higher revision; in which order they are read does not matter.
 *
 * @example joinLabels([{ predictionId: 'a', id: null, label: '1', score: 0.7 }], [label]).rows[0].label // label.label
 */
export function joinLabels(
  predictions: readonly LoggedPrediction[],
  labels: readonly LabelRecord[],
): JoinedLabels {
  const winners = winnersOf(labels);
  const matched = new Set<string>();
  const rows = predictions.flatMap(({ predictionId, id, ...prediction }) => {
    const names = [`prediction/${predictionId}`, ...(id === null ? [] : [`id/${id}`])].filter((n) =>
      winners.has(n),
    );
    for (const name of names) matched.add(name);
    const label = names
      .map((name) => winners.get(name) as LabelRecord)
      .reduce<LabelRecord | undefined>(better, undefined);
    return label ? [{ predictionId, label: label.label, prediction, winner: label }] : [];
  });
  return { rows, repeated: labels.length - winners.size, unmatched: winners.size - matched.size };
}

/** The winning label of each thing that labels name. */
function winnersOf(labels: readonly LabelRecord[]): ReadonlyMap<string, LabelRecord> {
  const winners = new Map<string, LabelRecord>();
  for (const label of labels) {
    const name = label.predictionId === undefined ? `id/${label.id}` : `prediction/${label.predictionId}`;
    winners.set(name, better(winners.get(name), label));
  }
  return winners;
}

function better(a: LabelRecord | undefined, b: LabelRecord): LabelRecord {
  if (a === undefined) return b;
  if (a.revision !== b.revision) return a.revision > b.revision ? a : b;
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? a : b;
  // Received in the same instant: any rule will do that does not depend on the order of reading.
  return tieBreak(a) <= tieBreak(b) ? a : b;
}

function tieBreak({ label, source, labeller, influenced }: LabelRecord): string {
  return JSON.stringify([label, source, labeller, influenced]);
}
