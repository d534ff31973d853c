import { describe, expect, it } from 'vitest';
import { publishLedger } from '../../../lambdas/publish-ledger/publish-ledger.ts';
import { EMPTY_CHAIN, type LedgerEntry, sealEntry } from '../../../lib/domain/ledger.ts';
import { silentLogger } from '../../../lib/runtime/logger.ts';
import { publishedSeq } from '../../../lib/stores/registry/published.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aBus, aChain } from '../../support/a-bus.ts';

const recordOf = (entry: LedgerEntry, eventName = 'INSERT') => ({
  eventName,
  dynamodb: {
    Keys: { pk: { S: `MODEL#${entry.model}` }, sk: { S: sk.ledger(entry.seq) } },
    NewImage: { sk: { S: sk.ledger(entry.seq) }, item: { S: JSON.stringify(entry) } },
    SequenceNumber: `n-${entry.model}-${entry.seq}`,
  },
});

function setUp(fails: readonly string[] = []) {
  const registry = memoryRegistry();
  const bus = aBus(fails);
  const publish = (records: object[]) =>
    publishLedger({ Records: records as never }, { registry, bus, log: silentLogger });
  return { registry, bus, publish };
}

describe('publish-ledger', () => {
  it('publishes inserted entries and notes how far the chain is on the bus', async () => {
    const { registry, bus, publish } = setUp();
    const chain = aChain('m', 3);
    expect(await publish(chain.map((e) => recordOf(e)))).toEqual({ batchItemFailures: [] });
    expect(bus.published).toEqual(chain);
    expect(await publishedSeq(registry, 'm')).toBe(3);
  });

  it('takes inserts of ledger entries only', async () => {
    const { bus, publish } = setUp();
    const [entry = sealEntry('m', EMPTY_CHAIN, {} as never)] = aChain('m', 1);
    const head = { ...recordOf(entry), dynamodb: { Keys: { sk: { S: 'HEAD' } }, SequenceNumber: 'h' } };
    await publish([recordOf(entry, 'MODIFY'), recordOf(entry, 'REMOVE'), head]);
    expect(bus.published).toEqual([]);
  });

  it('reports the entries that the bus did not take and notes nothing beyond them', async () => {
    const chain = aChain('m', 4);
    const { registry, publish } = setUp([chain[1]?.hash ?? '']);
    const answer = await publish([...chain, ...aChain('other', 1)].map((e) => recordOf(e)));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'n-m-2' }] });
    expect(await publishedSeq(registry, 'm')).toBe(1);
    expect(await publishedSeq(registry, 'other')).toBe(1);
  });

  it('leaves a gap visible that the stream has given up on', async () => {
    const { registry, publish } = setUp();
    const chain = aChain('m', 5);
    await publish(chain.slice(0, 2).map((e) => recordOf(e)));
    await publish(chain.slice(3).map((e) => recordOf(e)));
    expect(await publishedSeq(registry, 'm')).toBe(2);
  });

  it('reports a record that it cannot read and publishes the others', async () => {
    const { bus, publish } = setUp();
    const [entry] = aChain('m', 1);
    if (entry === undefined) throw new Error('no entry');
    const broken = recordOf({ ...entry, seq: 9 });
    broken.dynamodb.NewImage.item.S = '{';
    expect(await publish([broken, recordOf(entry)])).toEqual({
      batchItemFailures: [{ itemIdentifier: 'n-m-9' }],
    });
    expect(bus.published).toEqual([entry]);
  });

  it('lets an outage of the bus through, so that the whole batch comes again', async () => {
    const registry = memoryRegistry();
    const bus = { publish: () => Promise.reject(new Error('outage')) };
    const batch = { Records: aChain('m', 1).map((e) => recordOf(e)) };
    await expect(publishLedger(batch, { registry, bus, log: silentLogger })).rejects.toThrow('outage');
  });
});
