import { z } from 'zod';
import type { Endpoints } from '../../lib/stores/endpoints/endpoints.ts';

export const deleteEndpointInput = z.object({
  endpointName: z.string().regex(/^mooring-[a-zA-Z0-9-]{1,55}$/),
});

/** Removes a version's endpoint with its config and model; false if it was gone already. */
export async function deleteEndpoint(
  { endpointName }: z.output<typeof deleteEndpointInput>,
  { endpoints }: { readonly endpoints: Endpoints },
): Promise<{ readonly deleted: boolean }> {
  return { deleted: await endpoints.remove(endpointName) };
}
