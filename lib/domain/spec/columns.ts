import { z } from 'zod';

/** A name that features.sql can write without quotes. */
export const columnName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_]{0,62}$/,
    'must start with a letter and hold letters, digits and _ only, at most 63',
  );

export const COLUMN_TYPES = ['number', 'integer', 'string', 'boolean', 'timestamp'] as const;

export const column = z
  .strictObject({
    name: columnName,
    type: z.enum(COLUMN_TYPES),
    /** Unit of measure, for people: `mph`, `°F`, `EUR cent`. */
    unit: z.string().max(40).optional(),
    nullable: z.boolean().default(false),
    /** Highest share of nulls (0–1) a dataset may have before it is rejected; 1 when nullable. */
    maxNullShare: z.number().min(0).max(1).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    /** The vocabulary of a string column; unlisted values break a rule. */
    values: z.array(z.string().max(256)).min(1).max(1000).optional(),
    /** What a string column holds: names of things, or free text; where neither is said its data is looked at. */
    content: z.enum(['category', 'text']).optional(),
    /** Highest share of rows (0–1) that may break `min`, `max` or `values` before a dataset is rejected. */
    tolerance: z.number().min(0).max(1).default(0),
  })
  .refine(({ type, content }) => content === undefined || type === 'string', {
    path: ['content'],
    message: 'is for string columns',
  })
  .refine(({ values, content }) => content !== 'text' || values === undefined, {
    path: ['content'],
    message: 'is text, which has no vocabulary: leave one of content and values out',
  })
  .refine(({ type, values }) => values === undefined || type === 'string', {
    path: ['values'],
    message: 'is for string columns',
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    path: ['max'],
    message: 'must be at least min',
  });
