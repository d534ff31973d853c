import type { ColumnDrift } from './column-drift.ts';

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
  const weightOf = weights(columns, importance);
  const thresholds = ({ effect = 0, threshold }: ColumnDrift) =>
    Math.min(effect / threshold, MOST_THRESHOLDS);
  const shares = shiftShares(columns);
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

function weights(columns: readonly ColumnDrift[], importance: Readonly<Record<string, number>>): WeightOf {
  const positive = Object.values(importance).filter((weight) => weight > 0);
  const usual =
    positive.length === 0 ? 1 : positive.reduce((sum, weight) => sum + weight, 0) / positive.length;
  const ofCopies = new Map<string, number>();
  for (const column of columns) {
    const weight = importance[column.column];
    if (weight !== undefined && column.effect) ofCopies.set(likeness(column), weight);
  }
  return (column) => {
    const weight = importance[column.column] ?? ofCopies.get(likeness(column));
    return { weight: weight ?? usual, known: weight !== undefined };
  };
}

/** A feature that only hands an input on moves exactly as the input does. */
function likeness({ statistic, effect }: ColumnDrift): string {
  return `${statistic} ${effect}`;
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
function shiftShares(columns: readonly ColumnDrift[]): readonly number[] {
  const moved = columns.map(({ effect = 0, threshold }) => effect / threshold);
  const counted = new Set<string>();
  const total = columns.reduce((sum, column, i) => {
    if (counted.has(likeness(column))) return sum;
    counted.add(likeness(column));
    return sum + (moved[i] as number);
  }, 0);
  return moved.map((share) => (total === 0 ? 0 : share / total));
}
