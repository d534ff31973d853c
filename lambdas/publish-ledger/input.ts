import { z } from 'zod';

const image = z.record(z.string(), z.looseObject({ S: z.string().optional() }));

const record = z.looseObject({
  eventName: z.string().optional(),
  dynamodb: z.looseObject({
    Keys: image.optional(),
    NewImage: image.optional(),
    SequenceNumber: z.string().optional(),
  }),
});
export type StreamRecord = z.output<typeof record>;

/** A batch of the table's stream. */
export const streamBatch = z.looseObject({ Records: z.array(record) });
export type StreamBatch = z.output<typeof streamBatch>;
