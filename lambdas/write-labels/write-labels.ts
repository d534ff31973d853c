import { gzipSync } from 'node:zlib';
import { readLabelMessage } from '../../lib/domain/labels/messages.ts';
import { labelObjectName } from '../../lib/domain/monitoring/label-listing.ts';
import { keys } from '../../lib/names.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';

export interface WriteLabelsDeps {
  readonly data: ObjectStore;
}

/**
 * Writes one queue message to the label log, one object a day of event time. The object is named after the message: a message
 * that is delivered again changes nothing; which of several labels counts is decided where they are read.
 */
export async function writeLabels(
  message: { readonly messageId: string; readonly body: string },
  { data }: WriteLabelsDeps,
): Promise<void> {
  const { model, labels } = readLabelMessage(message.body);
  for (const [date, group] of Map.groupBy(labels, (label) => label.eventTime.slice(0, 10))) {
    const lines = group.map((label) => `${JSON.stringify(label)}\n`).join('');
    const times = group.map((label) => label.eventTime);
    const name = labelObjectName(times, message.messageId);
    await data.putOnce(keys.labels(model, date, name), gzipSync(lines));
  }
}
