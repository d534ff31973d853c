import { EMPTY_CHAIN, type LedgerEntry, sealEntry } from '../../lib/domain/ledger.ts';
import type { EventBus } from '../../lib/stores/event-bus.ts';

/** A bus that keeps what it takes and refuses the entries with these hashes. */
export function aBus(refused: readonly string[] = []): EventBus & { readonly published: LedgerEntry[] } {
  const published: LedgerEntry[] = [];
  return {
    published,
    async publish(entries) {
      published.push(...entries.filter((e) => !refused.includes(e.hash)));
      return entries.filter((e) => refused.includes(e.hash));
    },
  };
}

export function aChain(
  model: string,
  length: number,
  at = '2026-11-24T12:00:00.000Z',
): readonly LedgerEntry[] {
  const chain: LedgerEntry[] = [];
  for (let i = 0; i < length; i++) {
    const entry = {
      at,
      actor: 'token/ada',
      action: 'spec-applied',
      subject: `spec/${i}`,
      facts: {},
    } as const;
    chain.push(sealEntry(model, chain.at(-1) ?? EMPTY_CHAIN, entry));
  }
  return chain;
}
