import { type EntryBody, entryBody, type LedgerEntry } from '../../lib/domain/ledger.ts';
import { listAll, type Registry } from '../../lib/stores/registry.ts';
import { skPrefix } from '../../lib/stores/sort-keys.ts';

/** What a model's ledger says, oldest first. */
export async function theLedger(registry: Registry, model: string): Promise<readonly EntryBody[]> {
  return (await listAll<LedgerEntry>(registry, model, skPrefix.ledger)).map(entryBody);
}
