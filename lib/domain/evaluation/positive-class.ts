import type { EvaluatedRow } from './evaluated-row.ts';

/**
 * The positive class of a binary task: the later of its two classes when sorted (true, 1, the later word), as the trainer has
 * it. Classes are collected from labels, predicted labels and probabilities, as text.
 *
 * @returns undefined when the rows show other than two classes: then nothing about a positive class can be measured
 * @example positiveClass([{ label: true, prediction: { label: false, score: 0.2 } }]) // 'true'
 */
export function positiveClass(rows: readonly EvaluatedRow[]): string | undefined {
  const classes = new Set<string>();
  for (const { label, prediction } of rows) {
    classes.add(String(label)).add(String(prediction.label));
    for (const name in prediction.probabilities) classes.add(name);
  }
  if (classes.size !== 2) return undefined;
  const numbers = [...classes].every((name) => name.trim() !== '' && Number.isFinite(Number(name)));
  const [, later] = [...classes].sort((a, b) => (numbers ? Number(a) - Number(b) : a < b ? -1 : 1));
  return later;
}
