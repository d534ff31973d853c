import { z } from 'zod';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem } from '../../lib/stores/required.ts';

const uri = z.string().startsWith('s3://');

export const recordResultInput = z.object({
  model: z.string().min(1),
  runId: z.string().min(1),
  contentKey: z.string().regex(/^[0-9a-f]{64}$/),
  result: z.union([z.strictObject({ modelDataUrl: uri }), z.strictObject({ predictionsUri: uri })]),
});
type Input = z.output<typeof recordResultInput>;

/** Keeps the first result of a content key, and answers with it: whoever comes second uses the first one's. */
export async function recordResult(
  { model, contentKey, result }: Input,
  { registry }: { readonly registry: Registry },
): Promise<Pick<Input, 'contentKey' | 'result'>> {
  if (await registry.putOnce(model, sk.result(contentKey), result)) return { contentKey, result };
  return { contentKey, result: await requiredItem<Input['result']>(registry, model, sk.result(contentKey)) };
}
