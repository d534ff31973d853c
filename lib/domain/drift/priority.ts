import type { ColumnDrift } from './column-drift.ts';
import { copiesAmong } from './copies.ts';

/** A column that moved four thresholds is as bad as one that moved ten: it needs a person either way. */
const MOST_THRESHOLDS = 4;

/** The columns, gravest first, with their weight for the model, and what share of the window's whole shift each makes. */
export interface Ranked {
  readonly columns: readonly ColumnDrift[];
  /** Weighted mean of min(effect/threshold, 4), 0–4: 1 when all moved just to their thresholds. */
  readonly priority: number;
}

/**
 * How much each column's drift matters: by how far it moved, and by how much the model leans on it.
 *
 * @param importance of columns for the model, any scale; an input that a feature is a copy of has the feature's, and what is
 * named nowhere counts as the mean: all alike where importance is not known
 */
export function rank(columns: readonly ColumnDrift[], importance: Readonly<Record<string, number>>): Ranked {
  const copies = copiesAmong(columns);
  const weightOf = weights(copies, importance);
  const thresholds = ({ effect = 0, threshold }: ColumnDrift) =>
    Math.min(effect / threshold, MOST_THRESHOLDS);
  const shares = shiftShares(columns, copies);
  const ranked = columns.map((column, i): ColumnDrift => {
    const { weight, known } = weightOf(column);
    const priority = weight * thresholds(column);
    return { ...column, ...(known && { importance: weight }), priority, shareOfShift: shares[i] as number };
  });
  const all = ranked.reduce((sum, column) => sum + weightOf(column).weight, 0);
  const weighted = ranked.reduce((sum, { priority = 0 }) => sum + priority, 0);
  return { columns: [...ranked].sort(byGravity), priority: all === 0 ? 0 : weighted / all };
}

type WeightOf = (column: ColumnDrift) => { readonly weight: number; readonly known: boolean };

function weights(
  copies: ReadonlyMap<string, string>,
  importance: Readonly<Record<string, number>>,
): WeightOf {
  const named = new Map(Object.entries(importance));
  const positive = [...named.values()].filter((weight) => weight > 0);
  const usual =
    positive.length === 0 ? 1 : positive.reduce((sum, weight) => sum + weight, 0) / positive.length;
  const ofCopies = new Map<string, number>();
  for (const [feature, input] of copies) {
    const weight = named.get(feature);
    if (weight !== undefined) ofCopies.set(input, weight);
  }
  return ({ column }) => {
    const weight = named.get(column) ?? ofCopies.get(column);
    return { weight: weight ?? usual, known: weight !== undefined };
  };
}

/** What could be judged first; of equals the input comes before the feature that is a copy of it. */
function byGravity(a: ColumnDrift, b: ColumnDrift): number {
  const [x, y] = [a, b].map(({ verdict, priority = 0, effect = 0, threshold }) => ({
    judged: verdict === 'insufficient-data' ? 0 : 1,
    priority,
    thresholds: effect / threshold,
  })) as [Gravity, Gravity];
  return (
    y.judged - x.judged ||
    y.priority - x.priority ||
    y.thresholds - x.thresholds ||
    (a.column > b.column ? -1 : 1)
  );
}

interface Gravity {
  readonly judged: number;
  readonly priority: number;
  readonly thresholds: number;
}

/** Shares (0–1) of all that moved beyond chance, in thresholds; a feature that is a copy of an input has the input's share. */
function shiftShares(
  columns: readonly ColumnDrift[],
  copies: ReadonlyMap<string, string>,
): readonly number[] {
  const moved = columns.map(({ effect = 0, threshold }) => effect / threshold);
  const total = columns.reduce(
    (sum, { column }, i) => sum + (copies.has(column) ? 0 : (moved[i] as number)),
    0,
  );
  return moved.map((share) => (total === 0 ? 0 : share / total));
}
