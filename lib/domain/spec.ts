import { z } from 'zod';
import { column, columnName } from './spec/columns.ts';
import { constraintIssues, constraints } from './spec/constraints.ts';
import { evaluation, METRIC_NAMES, type MetricName } from './spec/evaluation.ts';
import { fairness, fairnessIssues } from './spec/fairness.ts';
import { labels } from './spec/labels.ts';
import { monitoring } from './spec/monitoring.ts';
import { retraining } from './spec/retraining.ts';
import { segmentIssues } from './spec/segments.ts';
import { tooLarge } from './spec/stored-bytes.ts';
import { training } from './spec/training.ts';

export { METRIC_NAMES, type MetricName };

/**
 * The spec of a model: what `model.yaml` says once `features.sql` is put inline.
 * One schema validates it at every door; its types are inferred from it.
 */
export const specSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,29}$/, 'must be 2 to 30 of a-z, 0-9 and -, and start with a letter'),
    description: z.string().max(500).default(''),
    task: z.enum(['binary', 'multiclass', 'regression']),
    schema: z.strictObject({
      /** Event time of a row; without it the time of receipt counts. */
      timeColumn: columnName.optional(),
      /** The caller's own id of a row, unique per model; labels may join by it. */
      idColumn: columnName.optional(),
      label: columnName,
      columns: z.array(column).min(1).max(500),
      constraints,
    }),
    features: z.strictObject({ sql: z.string().min(1).max(100_000) }),
    labels,
    training,
    evaluation,
    fairness,
    approval: z.strictObject({ policy: z.enum(['manual', 'automatic']) }).default({ policy: 'manual' }),
    serving: z
      .strictObject({
        memoryMb: z.literal([1024, 2048, 3072, 4096, 5120, 6144]).default(2048),
        maxConcurrency: z.number().int().min(1).max(200).default(5),
      })
      .default({ memoryMb: 2048, maxConcurrency: 5 }),
    monitoring,
    retraining,
  })
  .superRefine((spec, ctx) => {
    const names = spec.schema.columns.map((c) => c.name);
    const known = new Set(names);
    for (const key of ['timeColumn', 'idColumn', 'label'] as const) {
      const name = spec.schema[key];
      if (name !== undefined && !known.has(name))
        ctx.addIssue({
          code: 'custom',
          path: ['schema', key],
          message: `names no column of schema.columns, got ${name}`,
        });
    }
    names.forEach((name, i) => {
      if (names.indexOf(name) !== i)
        ctx.addIssue({
          code: 'custom',
          path: ['schema', 'columns', i, 'name'],
          message: `is listed twice: ${name}`,
        });
    });
    for (const { path, message } of constraintIssues(spec.schema))
      ctx.addIssue({ code: 'custom', path: ['schema', ...path], message });
    for (const { path, message } of fairnessIssues({ ...spec, ...spec.schema }))
      ctx.addIssue({ code: 'custom', path: ['fairness', ...path], message });
    for (const { path, message } of segmentIssues(spec.monitoring.segments ?? [], spec.schema))
      ctx.addIssue({ code: 'custom', path: ['monitoring', 'segments', ...path], message });
    if (spec.training.holdoutDays >= spec.training.days)
      ctx.addIssue({
        code: 'custom',
        path: ['training', 'holdoutDays'],
        message: 'must be less than training.days',
      });
    const time = spec.schema.columns.find((c) => c.name === spec.schema.timeColumn);
    if (time !== undefined && time.type !== 'timestamp')
      ctx.addIssue({
        code: 'custom',
        path: ['schema', 'timeColumn'],
        message: `must be a timestamp column, got ${time.type}`,
      });
    const large = tooLarge(spec);
    if (large !== undefined) ctx.addIssue({ code: 'custom', path: [...large.path], message: large.message });
    const forTask = metricsOf(spec.task);
    const grouped = new Set(spec.fairness?.groups.map((group) => group.column));
    spec.evaluation.gates.forEach((g, i) => {
      if ('bias' in g && !grouped.has(g.column))
        ctx.addIssue({
          code: 'custom',
          path: ['evaluation', 'gates', i, 'column'],
          message: `names no column of fairness.groups, got ${g.column}`,
        });
    });
    const gated = spec.evaluation.gates.map((g) => ('metric' in g ? g.metric : undefined));
    [spec.evaluation.metric, ...gated].forEach((metric, i) => {
      if (metric !== undefined && !forTask.includes(metric))
        ctx.addIssue({
          code: 'custom',
          path: i === 0 ? ['evaluation', 'metric'] : ['evaluation', 'gates', i - 1, 'metric'],
          message: `is not measured for ${spec.task}: ${metric}; choose one of ${forTask.join(', ')}`,
        });
    });
  });

export type ModelSpec = z.output<typeof specSchema>;
export type ColumnSpec = ModelSpec['schema']['columns'][number];
export type GateSpec = ModelSpec['evaluation']['gates'][number];
export type MetricGate = Extract<GateSpec, { metric: unknown }>;
export type Task = ModelSpec['task'];

/** The metrics that a task's holdout can measure. */
export function metricsOf(task: Task): readonly MetricName[] {
  if (task === 'binary') return ['auc', 'accuracy', 'precision', 'recall', 'f1', 'logLoss', 'brier'];
  if (task === 'multiclass') return ['accuracy', 'logLoss'];
  return ['rmse', 'mae', 'r2'];
}

/** The columns that a caller of predict sends: all but the label. */
export function inputColumns(spec: ModelSpec): readonly ColumnSpec[] {
  return spec.schema.columns.filter((c) => c.name !== spec.schema.label);
}
