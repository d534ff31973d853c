import { type EntryBody, entryBody, type LedgerEntry } from '../../lib/domain/ledger.ts';
import { listAll, type Registry } from '../../lib/stores/registry/registry.ts';
import { skPrefix } from '../../lib/stores/registry/sort-keys.ts';

/** What a model's ledger says, oldest first. */
export async function theLedger(registry: Registry, model: string): Promise<readonly EntryBody[]> {
  return (await listAll<LedgerEntry>(registry, model, skPrefix.ledger)).map(entryBody);
}
