import { z } from '@hono/zod-openapi';
import { ForbiddenError, NotFoundError } from '../../../lib/domain/errors.ts';
import type { LineageNode } from '../../../lib/domain/ledger.ts';
import type { LineageGraph } from '../../../lib/domain/lineage.ts';
import type { Principal } from '../../../lib/domain/registry/token.ts';
import { mayTouch } from '../../../lib/domain/roles.ts';
import { mayBeLogged, nodeMeant } from '../lineage-node.ts';
import { route } from '../route.ts';
import { lineageGraph, nodeKind } from '../schemas/ledger.ts';

const MAX_DEPTH = 20;

const get = route(
  {
    method: 'get',
    path: '/lineage/{kind}/{id}',
    summary: 'what a thing came from, or went into; ids of things of a model begin with it',
    access: { roles: ['viewer'], scope: 'listed' },
    params: z.object({ kind: nodeKind, id: z.string().min(1).max(1200) }),
    query: z.object({
      direction: z.enum(['in', 'out']).default('in'),
      depth: z.coerce.number().int().min(1).max(MAX_DEPTH).default(MAX_DEPTH),
    }),
    answer: lineageGraph,
  },
  async ({ params: { kind, id }, query, principal }, { registry }) => {
    const known = OF_NO_MODEL.includes(kind) || (await registry.head(modelOf(id))) !== undefined;
    if (!known || !open({ kind, id }, principal))
      throw new ForbiddenError(`${kind} ${id} does not exist or is not open to this token`);
    const node = await nodeMeant({ kind, id }, registry);
    const look = async (direction: 'in' | 'out', depth: number) =>
      visible(await registry.lineage(node, direction, depth), principal);
    const graph = await look(query.direction, query.depth);
    const isKnown =
      kind === 'prediction'
        ? await mayBeLogged(node, registry)
        : graph.edges.length > 0 || (await look(OTHER[query.direction], 1)).edges.length > 0;
    if (!isKnown) throw new NotFoundError(`there is no ${kind} ${id}`);
    return graph;
  },
);

const OTHER = { in: 'out', out: 'in' } as const;

/** Code, images and the platform's own releases belong to no model, and name none. */
const OF_NO_MODEL: readonly LineageNode['kind'][] = ['code', 'image', 'platform'];

function open({ kind, id }: LineageNode, principal: Principal): boolean {
  return OF_NO_MODEL.includes(kind) || mayTouch(principal, modelOf(id));
}

function modelOf(id: string): string {
  return id.split('/')[0] ?? '';
}

/** Shared code leads from one model to another; a token sees only its own side. */
function visible(graph: LineageGraph, principal: Principal): z.output<typeof lineageGraph> {
  return {
    nodes: graph.nodes.filter((n) => open(n, principal)),
    edges: graph.edges.filter((e) => open(e.from, principal) && open(e.to, principal)),
    truncated: graph.truncated,
  };
}

export const lineageRoutes = [get];
