import { z } from '@hono/zod-openapi';

export const schemaColumn = z.object({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean().optional(),
});

/** What changed from one schema to the next. */
export const schemaDiff = z
  .object({
    added: z.array(schemaColumn).readonly(),
    removed: z.array(schemaColumn).readonly(),
    retyped: z.array(z.object({ column: z.string(), from: z.string(), to: z.string() })).readonly(),
    nullability: z.array(z.object({ column: z.string(), nullable: z.boolean() })).readonly(),
    reordered: z.array(z.object({ column: z.string(), from: z.number(), to: z.number() })).readonly(),
  })
  .openapi('SchemaDiff');
