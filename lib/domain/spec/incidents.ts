import { z } from 'zod';

/** What opens incidents is fixed; what closes them by itself is the model's choice. */
export const incidents = z.strictObject({
  /** So many windows in a row without the fault close its incident; 0: only a person does. */
  cleanWindows: z.number().int().min(0).max(100).default(2),
});
