import { entryBody, type LedgerEntry, PLATFORM } from '../../lib/domain/ledger.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import { METRICS } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { Logger } from '../../lib/runtime/logger.ts';
import type { Metrics } from '../../lib/runtime/metrics.ts';
import type { EventBus } from '../../lib/stores/event-bus.ts';
import { markPublished, publishedSeq } from '../../lib/stores/registry/published.ts';
import { listAllOfKind, type Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';

export interface RepublishLedgerDeps {
  readonly registry: Registry;
  readonly bus: EventBus;
  readonly metrics: Metrics;
  readonly now: Now;
  readonly log: Logger;
}

/** The stream delivers within a second and retries for minutes: younger entries are still on their way. */
const OVERDUE_MS = 120_000;

/** Of one chain in one sweep; the rest comes with the next. */
const MAX_ENTRIES = 200;

/**
 * The sweep behind the outbox: publishes what lies behind a chain's published sequence and should have come by now.
 * Consumers know an event that they have seen by its id.
 */
export async function republishLedger(deps: RepublishLedgerDeps): Promise<{ readonly published: number }> {
  const { registry, metrics, log } = deps;
  const heads = [
    ...(await listAllOfKind<Head>(registry, 'model')),
    ...(await listAllOfKind<Head>(registry, 'deleted-model')),
  ];
  let published = 0;
  let overdue = 0;
  for (const model of [PLATFORM, ...heads.map((head) => head.model)]) {
    const sweep = await republish(model, deps);
    published += sweep.published;
    overdue += sweep.overdue;
  }
  // A metric that is written every five minutes costs as much as three alarms; silence means that nothing is behind.
  if (overdue > 0) {
    metrics.emit(METRICS.ledgerUnpublished, overdue, 'Count');
    log.warn('entries were behind', { overdue, published });
  }
  return { published };
}

async function republish(model: string, deps: RepublishLedgerDeps) {
  const entries = await overdueEntries(model, deps);
  const failed = new Set((await deps.bus.publish(entries)).map((entry) => entry.hash));
  const stop = entries.findIndex((entry) => failed.has(entry.hash));
  const done = stop === -1 ? entries : entries.slice(0, stop);
  const [first, last] = [done[0], done.at(-1)];
  if (first && last) await markPublished(deps.registry, model, first.seq, last.seq);
  return { overdue: entries.length, published: entries.length - failed.size };
}

async function overdueEntries(
  model: string,
  { registry, now }: RepublishLedgerDeps,
): Promise<readonly LedgerEntry[]> {
  const head = await registry.head(model);
  const entries: LedgerEntry[] = [];
  const first = (await publishedSeq(registry, model)) + 1;
  for (let seq = first; seq <= (head?.ledger.seq ?? 0) && entries.length < MAX_ENTRIES; seq++) {
    const entry = await registry.get<LedgerEntry>(model, sk.ledger(seq));
    if (entry === undefined || now().getTime() - Date.parse(entryBody(entry).at) < OVERDUE_MS) break;
    entries.push(entry);
  }
  return entries;
}
