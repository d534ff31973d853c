import { z } from 'zod';
import { column, columnName } from './spec/columns.ts';
import { constraintIssues, constraints } from './spec/constraints.ts';
import { evaluation, METRIC_NAMES, type MetricName } from './spec/evaluation.ts';
import { fairness, fairnessIssues } from './spec/fairness.ts';
import { labels } from './spec/labels.ts';
import { monitoring } from './spec/monitoring.ts';
import { type HasForm, parsedParts } from './spec/parsed-parts.ts';
import { retraining } from './spec/retraining.ts';
import { segmentIssues } from './spec/segments.ts';
import { tooLarge } from './spec/stored-bytes.ts';
import { training } from './spec/training.ts';

export { METRIC_NAMES, type MetricName };

const form = z.strictObject({
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
});

type Spec = z.output<typeof form>;

/** What is wrong between parts of a spec, each rule where the parts it reads have their form. */
function issuesBetween(spec: Spec, has: HasForm): readonly Issue[] {
  return [
    ...(has('schema', 'columns', '*', 'name') ? columnNameIssues(spec, has) : []),
    ...(has('schema') ? constraintIssues(spec.schema).map(below('schema')) : []),
    ...(has('schema') && has('fairness') && has('task')
      ? fairnessIssues({ ...spec, ...spec.schema }).map(below('fairness'))
      : []),
    ...(has('schema') && has('monitoring', 'segments')
      ? segmentIssues(spec.monitoring.segments ?? [], spec.schema).map(below('monitoring', 'segments'))
      : []),
    ...(has('training') ? trainingIssues(spec) : []),
    ...(has('schema') ? timeIssues(spec) : []),
    ...(has('fairness') ? biasIssues(spec, has) : []),
    ...(has('task') ? metricIssues(spec, has) : []),
    ...(has() ? sizeIssues(spec) : []),
  ];
}

interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const below =
  (...path: readonly string[]) =>
  (issue: Issue): Issue => ({ ...issue, path: [...path, ...issue.path] });

function columnNameIssues({ schema }: Spec, has: HasForm): readonly Issue[] {
  const names = schema.columns.map((c) => c.name);
  const missing = (['timeColumn', 'idColumn', 'label'] as const).flatMap((key) => {
    const name = schema[key];
    if (name === undefined || !has('schema', key) || names.includes(name)) return [];
    return [{ path: ['schema', key], message: `names no column of schema.columns, got ${name}` }];
  });
  const twice = names.flatMap((name, i) =>
    names.indexOf(name) === i
      ? []
      : [{ path: ['schema', 'columns', i, 'name'], message: `is listed twice: ${name}` }],
  );
  return [...missing, ...twice];
}

function sizeIssues(spec: Spec): readonly Issue[] {
  const large = tooLarge(spec);
  return large === undefined ? [] : [large];
}

function trainingIssues({ training: { days, holdoutDays } }: Spec): readonly Issue[] {
  return holdoutDays < days
    ? []
    : [{ path: ['training', 'holdoutDays'], message: 'must be less than training.days' }];
}

function timeIssues({ schema }: Spec): readonly Issue[] {
  const time = schema.columns.find((c) => c.name === schema.timeColumn);
  return time === undefined || time.type === 'timestamp'
    ? []
    : [{ path: ['schema', 'timeColumn'], message: `must be a timestamp column, got ${time.type}` }];
}

function biasIssues({ evaluation, fairness }: Spec, has: HasForm): readonly Issue[] {
  if (!has('evaluation', 'gates')) return [];
  const grouped = new Set(fairness?.groups.map((group) => group.column));
  return evaluation.gates.flatMap((gate, i) =>
    'bias' in gate && !grouped.has(gate.column)
      ? [
          {
            path: ['evaluation', 'gates', i, 'column'],
            message: `names no column of fairness.groups, got ${gate.column}`,
          },
        ]
      : [],
  );
}

function metricIssues({ task, evaluation }: Spec, has: HasForm): readonly Issue[] {
  const wrong = (metric: MetricName, ...path: readonly (string | number)[]) =>
    metricsOf(task).includes(metric)
      ? []
      : [
          {
            path: ['evaluation', ...path, 'metric'],
            message: `is not measured for ${task}: ${metric}; choose one of ${metricsOf(task).join(', ')}`,
          },
        ];
  const ofGate = (gate: Spec['evaluation']['gates'][number], i: number) =>
    'metric' in gate && has('evaluation', 'gates', i) ? wrong(gate.metric, 'gates', i) : [];
  return [
    ...(has('evaluation', 'metric') ? wrong(evaluation.metric) : []),
    ...(Array.isArray(evaluation?.gates) ? evaluation.gates.flatMap(ofGate) : []),
  ];
}

/**
 * The spec of a model: what `model.yaml` says once `features.sql` is put inline.
 * One schema validates it at every door; its types are inferred from it.
 */
export const specSchema = form.superRefine(
  (spec, ctx) => {
    for (const { path, message } of issuesBetween(spec, parsedParts(ctx.issues)))
      ctx.addIssue({ code: 'custom', path: [...path], message });
  },
  // Not only when everything has its form: who writes a spec is told all that is wrong at once.
  { when: () => true },
);

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
