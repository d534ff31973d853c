import { type ColumnSpec, inputColumns, type ModelSpec, type Task } from '../spec.ts';
import type { ColumnBinning } from './binning.ts';
import { FINE_BINS } from './edges.ts';

export interface ProfiledColumn {
  /** `input.x`, `feature.x` or `output.x`. */
  readonly name: string;
  readonly kind: ColumnBinning['kind'];
  /** How many bins a numeric column gets; without it, as its number of rows asks for. */
  readonly bins?: number;
}

/**
 * The columns that a dataset or a window is profiled by: inputs without the row's id and timestamps (a time always drifts, an
 * id means nothing), and every feature.
 *
 * @param features the output columns of features.sql
 */
export function profiledColumns(
  spec: ModelSpec,
  features: readonly { readonly name: string; readonly type: 'number' | 'boolean' | 'string' }[],
): readonly ProfiledColumn[] {
  const inputs = inputColumns(spec)
    .filter((column) => column.name !== spec.schema.idColumn && column.type !== 'timestamp')
    .map((column) => ({ name: `input.${column.name}`, kind: kindOf(column.type) }));
  return [...inputs, ...features.map((f) => ({ name: `feature.${f.name}`, kind: kindOf(f.type) }))];
}

/** The columns of what a model answers: the score, and the label where it is a class. */
export function outputColumns(task: Task): readonly ProfiledColumn[] {
  const score: ProfiledColumn = { name: 'output.score', kind: 'numeric', bins: FINE_BINS };
  return task === 'regression' ? [score] : [score, { name: 'output.label', kind: 'categorical' }];
}

function kindOf(type: ColumnSpec['type']): ProfiledColumn['kind'] {
  return type === 'number' || type === 'integer' ? 'numeric' : 'categorical';
}
