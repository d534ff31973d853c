import { gzipSync } from 'node:zlib';
import { readLabelMessage } from '../../lib/domain/labels/messages.ts';
import { labelObjectName } from '../../lib/domain/monitoring/label-listing.ts';
import { keys } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';

export interface WriteLabelsDeps {
  readonly data: ObjectStore;
  readonly registry: Registry;
  readonly now: Now;
}

/**
 * Writes one queue message to the label log, one object a day of event time, and marks the day, so that labels that took a year are
 * seen. The object is named after the message: a message that is delivered again changes nothing; which of several labels counts is
 * decided where they are read.
 */
export async function writeLabels(
  message: { readonly messageId: string; readonly body: string },
  { data, registry, now }: WriteLabelsDeps,
): Promise<void> {
  const { model, labels } = readLabelMessage(message.body);
  for (const [date, group] of Map.groupBy(labels, (label) => label.eventTime.slice(0, 10))) {
    const lines = group.map((label) => `${JSON.stringify(label)}\n`).join('');
    const times = group.map((label) => label.eventTime);
    const name = labelObjectName(times, message.messageId);
    await data.putOnce(keys.labels(model, date, name), gzipSync(lines));
    // After the object, also when it was there: whoever wrote it may have died here.
    await registry.raise(model, sk.labelled(date), 'at', now().toISOString(), { date });
  }
}
