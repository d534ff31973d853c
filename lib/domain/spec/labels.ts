import { z } from 'zod';

/** What is known of the labels that come back. */
export const labels = z
  .strictObject({
    /** Sources whose labels are outcomes that the model's own answer had a part in, as `influenced: true` says of one label. */
    influencedSources: z.array(z.string().min(1).max(100)).max(100).default([]),
  })
  .default({ influencedSources: [] });
