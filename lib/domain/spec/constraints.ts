import { z } from 'zod';
import { columnName } from './columns.ts';

/** Where a constraint is checked: on datasets that are taken in, or on what callers of predict send. */
export const ENVIRONMENTS = ['training', 'serving'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

const about = {
  /** Named in every finding; unique in the spec. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be a-z, 0-9 and -, start with a letter, at most 63'),
  /** An error rejects a dataset; a warning is told. */
  severity: z.enum(['error', 'warning']).default('error'),
  environments: z
    .array(z.enum(ENVIRONMENTS))
    .min(1)
    .default([...ENVIRONMENTS]),
};

/** Highest share of rows (0–1) that may break it. */
const tolerance = z.number().min(0).max(1).default(0);

/** A finding shows as much of it; the engine's regular expressions take linear time. */
const MAX_PATTERN = 1000;

/**
 * One thing that data must be. `range`, `vocabulary`, `pattern`, `length`, `completeness` and `type` look at one column,
 * `unique` and `sql` at a row, `freshness` and `volume` at a whole dataset or window.
 */
export const constraint = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('type'), ...about, column: columnName, tolerance }),
  z.strictObject({ kind: z.literal('completeness'), ...about, column: columnName, tolerance }),
  z.strictObject({
    kind: z.literal('range'),
    ...about,
    column: columnName,
    min: z.number().optional(),
    max: z.number().optional(),
    tolerance,
  }),
  z.strictObject({
    kind: z.literal('vocabulary'),
    ...about,
    column: columnName,
    values: z.array(z.string().max(256)).min(1).max(1000),
    tolerance,
  }),
  z.strictObject({
    kind: z.literal('pattern'),
    ...about,
    column: columnName,
    /** RE2 syntax; the whole text must match. */
    pattern: z.string().min(1).max(MAX_PATTERN),
    tolerance,
  }),
  z.strictObject({
    kind: z.literal('length'),
    ...about,
    column: columnName,
    /** Characters. */
    min: z.number().int().nonnegative().optional(),
    max: z.number().int().nonnegative().optional(),
    tolerance,
  }),
  z.strictObject({
    kind: z.literal('unique'),
    ...about,
    /** Together they name a row; a row with a null among them is not compared. */
    columns: z.array(columnName).min(1).max(10),
    tolerance,
  }),
  z.strictObject({
    kind: z.literal('sql'),
    ...about,
    /** A boolean expression over the columns of one row; a row breaks it where it is false, not where it is null. */
    sql: z.string().min(1).max(10_000),
    tolerance,
  }),
  z.strictObject({
    kind: z.literal('freshness'),
    ...about,
    /** How old the newest event may be when the data comes in, or when the window ends. */
    maxAgeHours: z.number().positive(),
  }),
  z.strictObject({
    kind: z.literal('volume'),
    ...about,
    minRows: z.number().int().nonnegative().optional(),
    maxRows: z.number().int().nonnegative().optional(),
  }),
]);

export const constraints = z.array(constraint).max(500).default([]);

export type ConstraintSpec = z.output<typeof constraint>;
export type ConstraintKind = ConstraintSpec['kind'];

interface SchemaNames {
  readonly label: string;
  readonly timeColumn?: string | undefined;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly constraints: readonly ConstraintSpec[];
}

interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Types of a column that a kind of constraint can look at. */
const FOR_TYPES: Readonly<Partial<Record<ConstraintKind, readonly string[]>>> = {
  range: ['number', 'integer'],
  vocabulary: ['string'],
  pattern: ['string'],
  length: ['string'],
};

/** What is wrong with the constraints of a schema beyond their own shape; paths are below `schema`. */
export function constraintIssues(schema: SchemaNames): readonly Issue[] {
  const ids = schema.constraints.map(({ id }) => id);
  return schema.constraints.flatMap((one, i) => {
    const at = (field: string, message: string): Issue => ({ path: ['constraints', i, field], message });
    const twice = ids.indexOf(one.id) === i ? [] : [at('id', `is listed twice: ${one.id}`)];
    return [...twice, ...columnIssues(one, schema, at), ...limitIssues(one, schema, at)];
  });
}

type At = (field: string, message: string) => Issue;

function columnIssues(one: ConstraintSpec, { columns, label }: SchemaNames, at: At): readonly Issue[] {
  const field = 'columns' in one ? 'columns' : 'column';
  const named = 'columns' in one ? one.columns : 'column' in one ? [one.column] : [];
  return named.flatMap((name) => {
    const column = columns.find((c) => c.name === name);
    if (column === undefined) return [at(field, `names no column of schema.columns, got ${name}`)];
    const types = FOR_TYPES[one.kind];
    if (types && !types.includes(column.type))
      return [at(field, `${one.kind} is for ${types.join(' and ')} columns, ${name} is ${column.type}`)];
    if (name === label && !one.environments.includes('training'))
      return [at('environments', `the label ${name} is not known in serving, wanted training`)];
    return [];
  });
}

function limitIssues(one: ConstraintSpec, { timeColumn }: SchemaNames, at: At): readonly Issue[] {
  if (one.kind === 'freshness' && timeColumn === undefined)
    return [at('maxAgeHours', 'needs schema.timeColumn')];
  const limits =
    one.kind === 'range' || one.kind === 'length'
      ? (['min', 'max', one.min, one.max] as const)
      : one.kind === 'volume'
        ? (['minRows', 'maxRows', one.minRows, one.maxRows] as const)
        : undefined;
  if (limits === undefined) return [];
  const [low, high, min, max] = limits;
  if (min === undefined && max === undefined) return [at(low, `wants ${low}, ${high} or both, got neither`)];
  if (min !== undefined && max !== undefined && min > max)
    return [at(high, `must be at least ${low} ${min}, got ${max}`)];
  return [];
}
