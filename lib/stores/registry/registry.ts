import type { LineageNode, NewEntry } from '../../domain/ledger.ts';
import type { LineageEdge, LineageGraph } from '../../domain/lineage.ts';
import type { Head } from '../../domain/registry/head.ts';

/** Where what is decided lives; `registry-dynamo.ts` keeps it, `registry-memory.ts` is its twin for tests. */
export interface Registry {
  /** A model's head, read consistently; undefined before its first entry. */
  head(model: string): Promise<Head | undefined>;
  /** The noun at a sort key of the model's partition, read consistently. */
  get<T>(model: string, sk: string): Promise<T | undefined>;
  /** The same in another partition (tokens). */
  getAt<T>(key: ItemKey): Promise<T | undefined>;
  /** The nouns whose sort key begins with `skPrefix`, in order of it, read consistently. */
  list<T>(model: string, skPrefix: string, page?: PageRequest & KeyRange): Promise<Page<T>>;
  /** Across models, by `sortedAt`: eventually consistent. */
  byKind<T>(kind: IndexedKind, page?: PageRequest): Promise<Page<T>>;
  /**
   * One decision, one transaction. `decide` may run again when another decision came first, so it must only read.
   * Without an entry nothing is written. Throws UnavailableError when the model stays too busy,
   * ConditionFailedError when a write's own condition fails.
   */
  decide<A>(model: string, decide: Decide<A>): Promise<A>;
  /** Outside the ledger, for what is no decision; false if there is one already. */
  putOnce<T extends object>(model: string, sk: string, item: T): Promise<boolean>;
  put<T extends object>(model: string, sk: string, item: T): Promise<void>;
  /** Keeps the larger string of `field` (ISO 8601 times sort as strings), and `beside` it what belongs to that. */
  raise(
    model: string,
    sk: string,
    field: string,
    value: string,
    beside?: Readonly<Record<string, string>>,
  ): Promise<void>;
  /** Edges outside the ledger, idempotent: raw objects of a dataset, named by its manifest. */
  link(inputs: readonly LineageNode[], output: LineageNode): Promise<void>;
  /** What the node came from (`in`) or went into (`out`), up to `depth` hops. */
  lineage(node: LineageNode, direction: 'in' | 'out', depth: number): Promise<LineageGraph>;
}

export type Decide<A> = (head: Head | undefined) => Decision<A> | Promise<Decision<A>>;

export interface Decision<A> {
  readonly answer: A;
  readonly entry?: NewEntry;
  /** Fields of the head to change; a field that is present and undefined is removed. */
  readonly head?: Partial<Omit<Head, 'model' | 'ledger'>>;
  readonly writes?: readonly Write[];
  /** Edges that the entry does not name one by one: there before it is, and by their content alone. */
  readonly links?: readonly LineageEdge[];
}

export interface Write {
  readonly sk: string;
  /** The noun; left out only with `remove`. */
  readonly item?: object;
  /** Lists the item in the index `byKind`; without it the item leaves the index. */
  readonly kind?: IndexedKind;
  readonly sortedAt?: string;
  /** What must be true of the item before; first writer wins with `absent`. */
  readonly condition?: 'absent' | 'present';
  readonly remove?: true;
  /** Another partition than the model's (tokens). */
  readonly pk?: string;
}

/** `model` and `deleted-model` are kept by the registry on heads; `approval` and `incident` hold the open ones. */
export type IndexedKind = 'model' | 'deleted-model' | 'approval' | 'incident' | 'token';

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export interface PageRequest {
  /** At most this many items; 100 when left out. */
  readonly limit?: number;
  /** Of the page before; opaque. */
  readonly cursor?: string;
  readonly newestFirst?: boolean;
}

/**
 * Which keys of a prefix, by what follows it: from this text on, and up to that. A longer key sorts after its beginning, so up to a
 * time leaves out what is of that time, where more follows it in the key.
 */
export interface KeyRange {
  readonly from?: string;
  readonly to?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly cursor?: string;
}

/** A write's own condition did not hold although no other decision came between. */
export class ConditionFailedError extends Error {
  override readonly name = 'ConditionFailedError';
  readonly sk: string;

  constructor(sk: string, condition: string) {
    super(`item ${sk} must be ${condition} for this decision and is not`);
    this.sk = sk;
  }
}

/** Every item of a prefix, or of a range of it, page by page. */
export function listAll<T>(
  registry: Registry,
  model: string,
  skPrefix: string,
  range: KeyRange = {},
): Promise<readonly T[]> {
  return allPages((page) => registry.list<T>(model, skPrefix, { ...page, ...range }));
}

/** Every item of a kind, page by page; eventually consistent. */
export function listAllOfKind<T>(registry: Registry, kind: IndexedKind): Promise<readonly T[]> {
  return allPages((page) => registry.byKind<T>(kind, page));
}

async function allPages<T>(read: (page: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: 1000, ...(cursor && { cursor }) });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return items;
}
