import type { LineageNode } from '../../domain/ledger.ts';
import type { LineageEdge } from '../../domain/lineage.ts';
import type { Head } from '../../domain/registry/head.ts';
import { commitOf, edgeItems, headWrite, partitionOf } from './commit.ts';
import { walkLineage } from './lineage-walk.ts';
import { ConditionFailedError, type Page, type PageRequest, type Registry, type Write } from './registry.ts';
import { keysOf, modelPartition, sk } from './sort-keys.ts';

interface Stored {
  readonly pk: string;
  readonly sk: string;
  readonly kind?: string | undefined;
  readonly sortedAt?: string | undefined;
  readonly json: string;
}

/** The registry's twin for tests: same promises, one process. Values are fresh copies, as from the wire. */
export function memoryRegistry(): Registry {
  const rows = new Map<string, Stored>();
  const id = (pk: string, key: string) => `${pk}\n${key}`;
  const read = <T>(pk: string, key: string) => {
    const row = rows.get(id(pk, key));
    return row === undefined ? undefined : (JSON.parse(row.json) as T);
  };
  const write = (pk: string, w: Write) => {
    if (w.remove) rows.delete(id(pk, w.sk));
    else
      rows.set(id(pk, w.sk), {
        pk,
        sk: w.sk,
        kind: w.kind,
        sortedAt: w.sortedAt,
        json: JSON.stringify(w.item),
      });
  };
  const link = (edges: readonly LineageEdge[]) => {
    for (const edge of edges) for (const item of edgeItems(edge)) write(item.pk, item);
  };

  const self: Registry = {
    head: (model) => self.get<Head>(model, sk.head),
    get: async (model, key) => read(modelPartition(model), key),
    getAt: async (key) => read(key.pk, key.sk),
    async list(model, skPrefix, page = {}) {
      const [first, last] = keysOf(skPrefix, page);
      const within = (r: Stored) => r.pk === modelPartition(model) && r.sk >= first && r.sk <= last;
      return pageOf([...rows.values()].filter(within), (r) => r.sk, page);
    },
    byKind: async (kind, page) =>
      pageOf(
        [...rows.values()].filter((r) => r.kind === kind),
        (r) => `${r.sortedAt}\n${id(r.pk, r.sk)}`,
        page,
      ),
    async decide(model, decide) {
      for (;;) {
        const before = await self.head(model);
        const decision = await decide(before);
        if (decision.entry === undefined) return decision.answer;
        const commit = commitOf(model, before, { ...decision, entry: decision.entry });
        const now = read<Head>(modelPartition(model), sk.head);
        if (now?.ledger.seq !== before?.ledger.seq) continue;
        for (const w of commit.writes) check(w, rows.has(id(partitionOf(model, w), w.sk)));
        const entry = { sk: sk.ledger(commit.entry.seq), item: commit.entry };
        for (const w of [headWrite(commit.head), entry, ...commit.writes]) write(partitionOf(model, w), w);
        link([...commit.links, ...commit.edges]);
        return decision.answer;
      }
    },
    async putOnce(model, key, item) {
      if (rows.has(id(modelPartition(model), key))) return false;
      write(modelPartition(model), { sk: key, item });
      return true;
    },
    put: async (model, key, item) => write(modelPartition(model), { sk: key, item }),
    async raise(model, key, field, value, beside) {
      const item = read<Record<string, string>>(modelPartition(model), key) ?? {};
      if ((item[field] ?? '') < value)
        write(modelPartition(model), { sk: key, item: { ...item, [field]: value, ...beside } });
    },
    link: async (inputs, output) => link(inputs.map((from) => ({ from, to: output }))),
    lineage: (node, direction, depth) =>
      walkLineage(node, direction, depth, async (at: LineageNode) =>
        [...rows.values()]
          .filter(
            (r) => r.pk === `NODE#${at.kind}#${at.id}` && r.sk.startsWith(`${direction.toUpperCase()}#`),
          )
          .map((r) => JSON.parse(r.json) as LineageEdge),
      ),
  };
  return self;
}

function check(write: Write, present: boolean): void {
  if (write.condition === 'absent' && present) throw new ConditionFailedError(write.sk, 'absent');
  if (write.condition === 'present' && !present) throw new ConditionFailedError(write.sk, 'present');
}

function pageOf<T>(rows: readonly Stored[], order: (row: Stored) => string, page: PageRequest = {}): Page<T> {
  const sorted = rows.map((row) => ({ row, at: order(row) })).sort((a, b) => (a.at < b.at ? -1 : 1));
  if (page.newestFirst) sorted.reverse();
  const after = page.cursor === undefined ? 0 : sorted.findIndex((r) => r.at === page.cursor) + 1;
  const limit = page.limit ?? 100;
  const shown = sorted.slice(after, after + limit);
  const last = shown.at(-1);
  return {
    items: shown.map((r) => JSON.parse(r.row.json) as T),
    ...(last && after + limit < sorted.length && { cursor: last.at }),
  };
}
