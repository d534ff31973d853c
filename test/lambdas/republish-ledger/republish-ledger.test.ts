import { describe, expect, it } from 'vitest';
import { republishLedger } from '../../../lambdas/republish-ledger/republish-ledger.ts';
import { type Action, type LedgerEntry, PLATFORM } from '../../../lib/domain/ledger.ts';
import { silentLogger } from '../../../lib/runtime/logger.ts';
import { markPublished, publishedSeq } from '../../../lib/stores/registry/published.ts';
import { listAll, type Registry } from '../../../lib/stores/registry/registry.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { aBus } from '../../support/a-bus.ts';

const OLD = '2026-11-24T11:00:00.000Z';
const NOW = '2026-11-24T12:00:00.000Z';

async function decide(registry: Registry, model: string, at: string, action: Action = 'spec-applied') {
  const head = { deleted: action === 'model-deleted' };
  const entry = { at, actor: 'token/ada', action, subject: 's', facts: {} };
  await registry.decide(model, () => ({ answer: 0, entry, head }));
}

async function sweep(registry: Registry, refused: readonly string[] = []) {
  const bus = aBus(refused);
  const emitted: unknown[] = [];
  const metrics = { emit: (...args: unknown[]) => void emitted.push(args.slice(0, 2)) };
  const answer = await republishLedger({
    registry,
    bus,
    metrics,
    now: () => new Date(NOW),
    log: silentLogger,
  });
  return { ...answer, emitted, seqs: bus.published.map((e) => `${e.model}#${e.seq}`) };
}

describe('republish-ledger', () => {
  it('publishes what lies behind the published sequence, of every chain', async () => {
    const registry = memoryRegistry();
    for (const model of ['a', 'a', 'a', PLATFORM, 'b', 'gone']) await decide(registry, model, OLD);
    await decide(registry, 'gone', OLD, 'model-deleted');
    await markPublished(registry, 'a', 1, 1);
    await markPublished(registry, 'b', 1, 1);
    const first = await sweep(registry);
    expect(first.seqs.sort()).toEqual([`${PLATFORM}#1`, 'a#2', 'a#3', 'gone#1', 'gone#2']);
    expect(first.published).toBe(5);
    expect(first.emitted).toEqual([['LedgerUnpublished', 5]]);
    expect(await sweep(registry)).toMatchObject({ published: 0, emitted: [] });
  });

  it('leaves to the stream what is young', async () => {
    const registry = memoryRegistry();
    await decide(registry, 'a', OLD);
    await decide(registry, 'a', '2026-11-24T11:59:30.000Z');
    expect((await sweep(registry)).seqs).toEqual(['a#1']);
  });

  it('tries again from the first entry that the bus did not take', async () => {
    const registry = memoryRegistry();
    for (let i = 0; i < 3; i++) await decide(registry, 'a', OLD);
    const entries = await listAll<LedgerEntry>(registry, 'a', skPrefix.ledger);
    expect((await sweep(registry, [entries[1]?.hash ?? ''])).published).toBe(2);
    expect(await publishedSeq(registry, 'a')).toBe(1);
    expect((await sweep(registry)).seqs).toEqual(['a#2', 'a#3']);
  });
});
