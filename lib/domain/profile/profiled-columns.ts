import { type ColumnSpec, inputColumns, type ModelSpec, type Task } from '../spec.ts';
import type { ColumnBinning } from './binning.ts';
import { FINE_BINS } from './edges.ts';

export interface ProfiledColumn {
  /** `input.x`, `feature.x` or `output.x`. */
  readonly name: string;
  readonly kind: ColumnBinning['kind'];
  /** How many bins a numeric column gets; without it, as its number of rows asks for. */
  readonly bins?: number;
  /** Of a categorical column: that it is free text after all, where its data looks so. */
  readonly mayBeText?: true;
}

/**
 * The columns that a dataset or a window is profiled by: inputs without the row's id, which means nothing, and every feature.
 * Whether a string is a category or a text its spec says (`content`, or a vocabulary), else its data when bins are proposed.
 *
 * @param features the output columns of features.sql
 * @example profiledColumns(spec, [])[0] // { name: 'input.seen_at', kind: 'timestamp' }
 */
export function profiledColumns(
  spec: ModelSpec,
  features: readonly { readonly name: string; readonly type: 'number' | 'boolean' | 'string' }[],
): readonly ProfiledColumn[] {
  const inputs = inputColumns(spec)
    .filter((column) => column.name !== spec.schema.idColumn)
    .map((column) => ({ name: `input.${column.name}`, ...kindOf(column) }));
  return [...inputs, ...features.map((f) => ({ name: `feature.${f.name}`, ...kindOf(f) }))];
}

/**
 * Columns that are profiled and never judged: those that the spec ignores, and the row's own time. Windows are cut by it, so it
 * differs in each; when rows came and how many is asked of the window as a whole.
 */
export function unjudgedColumns({ schema, monitoring }: ModelSpec): string[] {
  const { ignore } = monitoring.drift;
  return schema.timeColumn === undefined ? ignore : [...ignore, `input.${schema.timeColumn}`];
}

/** The columns of what a model answers: the score, and the label where it is a class. */
export function outputColumns(task: Task): readonly ProfiledColumn[] {
  const score: ProfiledColumn = { name: 'output.score', kind: 'numeric', bins: FINE_BINS };
  return task === 'regression' ? [score] : [score, { name: 'output.label', kind: 'categorical' }];
}

function kindOf({
  type,
  values,
  content,
}: Pick<ColumnSpec, 'type'> & Partial<ColumnSpec>): Omit<ProfiledColumn, 'name'> {
  if (type === 'number' || type === 'integer') return { kind: 'numeric' };
  if (type === 'timestamp') return { kind: 'timestamp' };
  if (content === 'text') return { kind: 'text' };
  const isOpen = type === 'string' && values === undefined && content === undefined;
  return { kind: 'categorical', ...(isOpen && { mayBeText: true }) };
}
