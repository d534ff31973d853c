import { z } from 'zod';
import { type column, columnName } from './columns.ts';

const group = z.strictObject({
  /** An input column whose values tell groups of people or things apart; it need not be a feature. */
  column: columnName,
  /** Values that are compared with all others, one at a time; without it every value is, the most frequent first. */
  values: z.array(z.string()).min(1).max(20).optional(),
  /** Of a numeric column: rows above it are compared with all others. */
  above: z.number().optional(),
  /** An input column within whose values the comparison is repeated, for what it explains (conditional disparity). */
  within: columnName.optional(),
});

/** Which groups a model must treat alike; without it nothing is measured. */
export const fairness = z
  .strictObject({
    groups: z.array(group).min(1).max(10),
    /** Labels that are good for whom they are given to; by default the positive class. Needed for more than two classes. */
    favourable: z.array(z.string()).min(1).optional(),
    /** Fewest rows on each side that a measure divides by, for it to be judged. */
    minRows: z.number().int().min(5).default(50),
  })
  .optional();

export type FairnessSpec = NonNullable<z.output<typeof fairness>>;
export type FairnessGroup = FairnessSpec['groups'][number];

interface Columns {
  readonly task: 'binary' | 'multiclass' | 'regression';
  readonly label: string;
  readonly columns: readonly z.output<typeof column>[];
  readonly fairness?: FairnessSpec | undefined;
}

/** What is wrong with the groups of a spec; paths start below `fairness`. */
export function fairnessIssues({ task, label, columns, fairness: wanted }: Columns) {
  if (wanted === undefined) return [];
  const issues: { path: (string | number)[]; message: string }[] = [];
  if (task === 'regression')
    issues.push({ path: [], message: 'is measured for classes only, got task regression' });
  if (task === 'multiclass' && wanted.favourable === undefined)
    issues.push({ path: ['favourable'], message: 'must be given for more than two classes' });
  wanted.groups.forEach(({ column: name, within, above, values }, i) => {
    const found = columns.find((c) => c.name === name);
    for (const [key, of] of [['column', name] as const, ['within', within] as const])
      if (of !== undefined && (of === label || !columns.some((c) => c.name === of)))
        issues.push({ path: ['groups', i, key], message: `names no input column, got ${of}` });
    const numeric = found?.type === 'number' || found?.type === 'integer';
    if (above !== undefined && !numeric)
      issues.push({ path: ['groups', i, 'above'], message: `needs a numeric column, got ${found?.type}` });
    if (above !== undefined && values !== undefined)
      issues.push({ path: ['groups', i, 'values'], message: 'excludes above: give one of the two' });
    if (found?.type === 'number' && above === undefined)
      issues.push({ path: ['groups', i, 'above'], message: 'must be given for a column of numbers' });
  });
  return issues;
}
