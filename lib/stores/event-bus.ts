import type { LedgerEntry } from '../domain/ledger.ts';

export interface EventBus {
  /** Publishes each entry as one event; answers those that failed, none when all are on the bus. */
  publish(entries: readonly LedgerEntry[]): Promise<readonly LedgerEntry[]>;
}
