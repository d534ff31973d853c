import type { LabelMessage, LabelRecord } from './label.ts';

/** Bytes of labels in one message: with the envelope below the 256 KiB that a queue takes. */
const MAX_MESSAGE_BYTES = 200 * 1024;

/** The bodies of the queue messages that carry these labels, in order. */
export function labelMessages(model: string, labels: readonly LabelRecord[]): readonly string[] {
  const messages: LabelRecord[][] = [];
  let room = 0;
  for (const label of labels) {
    const bytes = Buffer.byteLength(JSON.stringify(label)) + 1;
    if (bytes > room) {
      messages.push([]);
      room = MAX_MESSAGE_BYTES;
    }
    messages.at(-1)?.push(label);
    room -= bytes;
  }
  return messages.map((group) => JSON.stringify({ v: 1, model, labels: group } satisfies LabelMessage));
}

/** @throws Error for a body that `labelMessages` did not make */
export function readLabelMessage(body: string): LabelMessage {
  const message = JSON.parse(body) as LabelMessage;
  if (message.v !== 1 || typeof message.model !== 'string' || !Array.isArray(message.labels))
    throw new Error(`a label message must be of version 1 with model and labels, got ${message.v}`);
  return message;
}
