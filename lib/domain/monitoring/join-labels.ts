import type { EvaluatedRow } from '../evaluation/evaluated-row.ts';
import type { LabelRecord } from '../labels/label.ts';

/** A served prediction, as far as a label must know it. */
export interface LoggedPrediction {
  readonly predictionId: string;
  /** The caller's own id. */
  readonly id: string | null;
  readonly label: string;
  readonly score: number;
  /** ISO 8601 UTC; without it no delay is known. */
  readonly receivedAt?: string;
}

export interface LabelledPrediction extends EvaluatedRow {
  readonly predictionId: string;
  /** The label that won, as it was received. */
  readonly winner: LabelRecord;
  /** Two labels of the same revision disagree: good enough to measure by, never to learn from. */
  readonly contested: boolean;
  /** A label of a lower revision said otherwise. */
  readonly corrected: boolean;
  /** Seconds from the receipt of the prediction to that of its first label; negative when the label was first. */
  readonly delaySeconds?: number;
}

export interface JoinedLabels {
  readonly rows: readonly LabelledPrediction[];
  /** Labels that say the same thing again, or lost against another. */
  readonly repeated: number;
  /** Labels that name no prediction here: of another version, or of none. */
  readonly unmatched: number;
  /** Labelled predictions on which labels of one revision disagree. */
  readonly contradicting: number;
  /** Labelled predictions whose label a higher revision has changed. */
  readonly corrected: number;
  /** Labels of a prediction here that are no label of its version: they count for nothing. */
  readonly unfit: number;
}

/**
 * Gives each prediction its label. A label names a prediction, or the caller's id and with it every prediction of that id. The
 * first received wins, unless a later one has a higher revision; in which order they are read does not matter.
 *
 * @param predictions at least those that a label names; others change nothing
 * @param isFit whether a value is a label of the version that predicted
 * @example joinLabels([{ predictionId: 'a', id: null, label: '1', score: 0.7 }], [label]).rows[0].label // label.label
 */
export function joinLabels(
  predictions: readonly LoggedPrediction[],
  labels: readonly LabelRecord[],
  isFit: (label: LabelRecord['label']) => boolean = () => true,
): JoinedLabels {
  const named = byName(labels);
  const matched = new Set<string>();
  const unfit = new Set<LabelRecord>();
  const rows = predictions.flatMap((prediction): LabelledPrediction[] => {
    const { predictionId, id } = prediction;
    const names = [`prediction/${predictionId}`, ...(id === null ? [] : [`id/${id}`])];
    const found = names.filter((name) => named.has(name));
    for (const name of found) matched.add(name);
    const all = found.flatMap((name) => named.get(name) ?? []);
    const its = all.filter((record) => isFit(record.label) || !unfit.add(record));
    const [first, ...others] = its;
    if (first === undefined) return [];
    return [labelled(prediction, others.reduce(better, first), its)];
  });
  return {
    rows,
    repeated: labels.length - named.size,
    unmatched: named.size - matched.size,
    contradicting: rows.filter((row) => row.contested).length,
    corrected: rows.filter((row) => row.corrected).length,
    unfit: unfit.size,
  };
}

function labelled(
  { predictionId, label, score, receivedAt }: LoggedPrediction,
  winner: LabelRecord,
  its: readonly LabelRecord[],
): LabelledPrediction {
  const first = Math.min(...its.map((record) => Date.parse(record.receivedAt)));
  const others = its.filter((record) => disagree(record, winner));
  return {
    predictionId,
    label: winner.label,
    prediction: { label, score },
    winner,
    contested: others.some(({ revision }) => revision === winner.revision),
    corrected: others.some(({ revision }) => revision < winner.revision),
    ...(receivedAt !== undefined && { delaySeconds: (first - Date.parse(receivedAt)) / 1000 }),
  };
}

/** The labels of each thing that labels name. */
function byName(labels: readonly LabelRecord[]): ReadonlyMap<string, readonly LabelRecord[]> {
  const named = new Map<string, LabelRecord[]>();
  for (const label of labels) {
    const name = label.predictionId === undefined ? `id/${label.id}` : `prediction/${label.predictionId}`;
    const others = named.get(name);
    if (others) others.push(label);
    else named.set(name, [label]);
  }
  return named;
}

function disagree(a: LabelRecord, b: LabelRecord): boolean {
  return String(a.label) !== String(b.label);
}

function better(a: LabelRecord, b: LabelRecord): LabelRecord {
  if (a.revision !== b.revision) return a.revision > b.revision ? a : b;
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? a : b;
  // Received in the same instant: any rule will do that does not depend on the order of reading.
  return tieBreak(a) <= tieBreak(b) ? a : b;
}

function tieBreak({ label, source, labeller, influenced }: LabelRecord): string {
  return JSON.stringify([label, source, labeller, influenced]);
}
