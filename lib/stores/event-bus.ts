import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { eventOf } from '../domain/event.ts';
import { entryBody, type LedgerEntry } from '../domain/ledger.ts';
import { EVENT_SOURCE } from '../names.ts';

export interface EventBus {
  /** Publishes each entry as one event; answers those that failed, none when all are on the bus. */
  publish(entries: readonly LedgerEntry[]): Promise<readonly LedgerEntry[]>;
}

/** Limits of PutEvents: ten entries and 256 KiB a call; the rest of an entry's envelope is far below a kibibyte. */
const MAX_ENTRIES = 10;
const MAX_CALL_BYTES = 246 * 1024;

export interface EventBridgeBusOptions {
  readonly client: EventBridgeClient;
  readonly busName: string;
}

export function eventBridgeBus({ client, busName }: EventBridgeBusOptions): EventBus {
  return {
    async publish(entries) {
      const failed: LedgerEntry[] = [];
      for (const batch of batches(entries)) {
        const answer = await client.send(
          new PutEventsCommand({ Entries: batch.map((entry) => requestEntry(entry, busName)) }),
        );
        // Answers come in the order of the request; one without an id was not taken.
        failed.push(...batch.filter((_, i) => answer.Entries?.[i]?.EventId === undefined));
      }
      return failed;
    },
  };
}

function requestEntry(entry: LedgerEntry, busName: string): PutEventsRequestEntry {
  const body = entryBody(entry);
  return {
    EventBusName: busName,
    Source: EVENT_SOURCE,
    DetailType: body.action,
    Time: new Date(body.at),
    Detail: JSON.stringify(eventOf(entry)),
  };
}

function batches(entries: readonly LedgerEntry[]): readonly (readonly LedgerEntry[])[] {
  const all: LedgerEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.body);
    const last = all.at(-1);
    if (last === undefined || last.length === MAX_ENTRIES || bytes + size > MAX_CALL_BYTES) {
      all.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return all;
}
