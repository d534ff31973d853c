import { z } from '@hono/zod-openapi';
import type { SchemaProposal } from '../../../lib/domain/constraints/schema-proposal.ts';

const proposed = <T extends z.ZodType>(wanted: T) => z.object({ wanted, because: z.array(z.string()) });

/** An entry as a spec takes it, defaults left out: it is to be read and edited. */
const entry = z.record(z.string(), z.unknown());

export const schemaProposal = z
  .object({
    /** The file that it was proposed from. */
    object: z.string(),
    rows: z.number(),
    sampledRows: z.number(),
    columns: z.array(proposed(entry)),
    constraints: z.array(proposed(entry)),
    leftOut: z.array(proposed(z.string())),
  })
  .openapi('SchemaProposal') as unknown as z.ZodType<SchemaProposal & { readonly object: string }>;
