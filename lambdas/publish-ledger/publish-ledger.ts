import type { LedgerEntry } from '../../lib/domain/ledger.ts';
import type { Logger } from '../../lib/runtime/logger.ts';
import type { EventBus } from '../../lib/stores/event-bus.ts';
import { markPublished } from '../../lib/stores/registry/published.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { nounOf } from '../../lib/stores/registry/stream-item.ts';
import type { StreamBatch, StreamRecord } from './input.ts';

export interface PublishLedgerDeps {
  readonly registry: Registry;
  readonly bus: EventBus;
  readonly log: Logger;
}

export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * The outbox. An entry's record comes once its transaction is committed; it becomes one event, at least once, under the
 * entry's hash as its id. Records that fail are reported, and the stream delivers from the first of them again; what it
 * gives up on lies in the dead-letter queue and behind the chain's published sequence, where the sweep finds it.
 */
export async function publishLedger(batch: StreamBatch, deps: PublishLedgerDeps): Promise<BatchAnswer> {
  const records = batch.Records.filter(isEntry);
  const read = records.map((record) => ({ id: sequenceOf(record), entry: entryOf(record, deps.log) }));
  const entries = read.flatMap(({ entry }) => (entry === undefined ? [] : [entry]));
  const failed = new Set((await deps.bus.publish(entries)).map((entry) => entry.hash));
  await mark(entries, failed, deps.registry);
  const unpublished = read.filter(({ entry }) => entry === undefined || failed.has(entry.hash));
  deps.log.info('published', { entries: entries.length - failed.size, failed: unpublished.length });
  return { batchItemFailures: unpublished.map(({ id }) => ({ itemIdentifier: id })) };
}

const isEntry = (record: StreamRecord) =>
  record.eventName === 'INSERT' && record.dynamodb.Keys?.sk?.S?.startsWith('LEDGER#') === true;

const sequenceOf = (record: StreamRecord) => record.dynamodb.SequenceNumber ?? '';

/** One that cannot be read must not hold back the others for good. */
function entryOf(record: StreamRecord, log: Logger): LedgerEntry | undefined {
  try {
    return nounOf<LedgerEntry>(record.dynamodb.NewImage ?? {});
  } catch (error) {
    log.error('a record that is no ledger entry', { sequence: sequenceOf(record), error });
    return undefined;
  }
}

/** Up to the first failure of each model. */
async function mark(
  entries: readonly LedgerEntry[],
  failed: ReadonlySet<string>,
  registry: Registry,
): Promise<void> {
  for (const model of new Set(entries.map((entry) => entry.model))) {
    const chain = entries.filter((entry) => entry.model === model).sort((a, b) => a.seq - b.seq);
    const end = chain.findIndex(
      (entry, i) => failed.has(entry.hash) || entry.seq !== (chain[0]?.seq ?? 0) + i,
    );
    const published = end === -1 ? chain : chain.slice(0, end);
    const [first, last] = [published[0], published.at(-1)];
    if (first && last) await markPublished(registry, model, first.seq, last.seq);
  }
}
