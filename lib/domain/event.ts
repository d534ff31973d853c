import { type Action, type Alert, entryBody, type LedgerEntry } from './ledger.ts';

/** The detail of the event that the outbox publishes for one entry; its detail type is the action. */
export interface LedgerEvent {
  /** The entry's hash: consumers that have seen it do nothing. */
  readonly id: string;
  readonly model: string;
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: Action;
  readonly subject: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly alert?: Alert;
}

/** Lineage stays in the ledger: lists of inputs would outgrow an event. */
export function eventOf(entry: LedgerEntry): LedgerEvent {
  const { at, actor, action, subject, facts, alert } = entryBody(entry);
  return {
    id: entry.hash,
    model: entry.model,
    seq: entry.seq,
    at,
    actor,
    action,
    subject,
    facts,
    ...(alert && { alert }),
  };
}
