import { type ModelSpec, specSchema } from '../../lib/domain/spec.ts';

interface Parts {
  /** Columns beside `id`, `seen` and the label `late`. */
  readonly columns?: readonly object[];
  readonly sql?: string;
  readonly timeColumn?: string | null;
  readonly constraints?: readonly object[];
}

/** A spec with an id, an event time, a boolean label and the given columns. */
export function aSpec({
  columns = [{ name: 'temp', type: 'number' }],
  sql,
  timeColumn = 'seen',
  constraints = [],
}: Parts = {}): ModelSpec {
  const id = { name: 'id', type: 'string' };
  const seen = { name: 'seen', type: 'timestamp' };
  const late = { name: 'late', type: 'boolean' };
  return specSchema.parse({
    name: 'flights',
    task: 'binary',
    schema: {
      ...(timeColumn ? { timeColumn } : {}),
      idColumn: 'id',
      label: 'late',
      columns: [id, seen, ...columns, late],
      constraints,
    },
    features: {
      sql: sql ?? `SELECT ${columns.map((c) => (c as { name: string }).name).join(', ')} FROM input`,
    },
    training: { days: 90, holdoutDays: 14 },
    evaluation: { metric: 'auc', gates: [{ metric: 'auc', atLeast: 0.5 }] },
    monitoring: { window: 'month', drift: {} },
    retraining: {},
  });
}
