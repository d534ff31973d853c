import type { ColumnDrift } from './verdict.ts';

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
 * @param importance of columns for the model, any scale; columns it does not name count as its mean, all alike where it is absent
 */
export function rank(columns: readonly ColumnDrift[], importance: Readonly<Record<string, number>>): Ranked {
  const known = Object.values(importance).filter((weight) => weight > 0);
  const usual = known.length === 0 ? 1 : known.reduce((sum, weight) => sum + weight, 0) / known.length;
  const weightOf = ({ column }: ColumnDrift) => importance[column] ?? usual;
  const thresholds = ({ effect = 0, threshold }: ColumnDrift) =>
    Math.min(effect / threshold, MOST_THRESHOLDS);
  const shares = shiftShares(columns, weightOf);
  const weights = columns.reduce((sum, column) => sum + weightOf(column), 0);
  const weighted = columns.reduce((sum, column) => sum + weightOf(column) * thresholds(column), 0);
  const ranked = columns.map((column, i): ColumnDrift => {
    const weight = importance[column.column];
    const priority = weightOf(column) * thresholds(column);
    return {
      ...column,
      ...(weight !== undefined && { importance: weight }),
      priority,
      shareOfShift: shares[i] as number,
    };
  });
  return { columns: [...ranked].sort(byGravity), priority: weights === 0 ? 0 : weighted / weights };
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
  weightOf: (column: ColumnDrift) => number,
): readonly number[] {
  const moved = columns.map((column) => (weightOf(column) * (column.effect ?? 0)) / column.threshold);
  const counted = new Set<string>();
  const total = columns.reduce((sum, column, i) => {
    const same = `${column.statistic} ${column.effect}`;
    if (counted.has(same)) return sum;
    counted.add(same);
    return sum + (moved[i] as number);
  }, 0);
  return moved.map((share) => (total === 0 ? 0 : share / total));
}
