import { contentHash } from '../../lib/domain/canonical-json.ts';
import { keys } from '../../lib/names.ts';
import type { RefusalMessage } from '../../lib/stores/prediction-message.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import type { WritePredictionsDeps } from './deps.ts';

/**
 * Writes one refused call, named by its message: delivered again it changes nothing, and a caller who tries the same rows again is
 * counted again. The name is a hash, so that the first names of a busy hour are a fair sample of it. The watermark stays where it is:
 * what is refused may say any time.
 */
export async function writeRefusal(
  messageId: string,
  { model, version, refusal }: RefusalMessage,
  { data, registry, now }: WritePredictionsDeps,
): Promise<void> {
  const hour = refusal.eventTime.slice(0, 13);
  await data.putJsonOnce(keys.refused(model, version, hour, contentHash(messageId)), refusal);
  // After the object, as for what was served.
  await registry.raise(model, sk.refused(version, hour), 'at', now().toISOString(), { hour });
}
