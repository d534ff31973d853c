import { z } from '@hono/zod-openapi';
import { ACTIONS, type LineageNode, NODE_KINDS } from '../../../lib/domain/ledger.ts';

export const nodeKind = z.enum(NODE_KINDS);

const node: z.ZodType<LineageNode> = z.object({ kind: nodeKind, id: z.string() });

/** One decision as people read it; `hash` proves it together with the stored body. */
export const entryView = z
  .object({
    model: z.string(),
    seq: z.number(),
    hash: z.string(),
    prevHash: z.string(),
    at: z.string(),
    actor: z.string(),
    /** Whom the actor's token names; read beside the chain, and no part of what is hashed. */
    actorName: z.string().optional(),
    action: z.enum(ACTIONS),
    subject: z.string(),
    inputs: z.array(node),
    outputs: z.array(node),
    facts: z.record(z.string(), z.unknown()),
    alert: z
      .object({ severity: z.enum(['info', 'warning', 'critical']), sentence: z.string(), link: z.string() })
      .optional(),
  })
  .openapi('LedgerEntry');
export type EntryView = z.output<typeof entryView>;

export const verification = z
  .union([
    z.object({ verified: z.literal(true), entries: z.number() }),
    z.object({ verified: z.literal(false), entries: z.number(), brokenAt: z.number(), reason: z.string() }),
  ])
  .openapi('Verification');

export const lineageGraph = z
  .object({
    nodes: z.array(node),
    edges: z.array(z.object({ from: node, to: node, entry: z.string().optional() })),
    truncated: z.boolean(),
  })
  .openapi('Lineage');
